import { beforeAll, expect, it } from 'vitest'
import { connectNodeBackend, type NodeBackend } from '../compute/connect-node'
import { expectClose } from '../compute/trial'
import { describeOnWebGPU } from '../compute/webgpu-trial'
import { METHODS } from '../recipe/field'
import type { Recipe } from '../recipe/recipe'
import { eventsOf } from './tiny'

type Method = Recipe['method']
type Run = Awaited<ReturnType<typeof runOf>>

/** Everything that can be measured is, and one of each ingredient is in. */
const ALL = { steps: 2, learningRate: 0.01, neighbourAccuracy: 'always', probes: 'on', finalProbe: 'on', smallViews: 1, supportsPerClass: 2 } as const

describeOnWebGPU('a run on WebGPU', () => {
  const runs: Partial<Record<NodeBackend, Map<Method, Run>>> = {}

  beforeAll(async () => {
    for (const backend of ['wasm', 'webgpu'] as const) {
      await connectNodeBackend(backend)
      const found = new Map<Method, Run>()
      for (const method of METHODS) found.set(method, await runOf(method))
      runs[backend] = found
    }
  }, 400_000)

  it.each(METHODS)('of %s has the losses and the measures of one on WASM', (method) => {
    const [wasm, webgpu] = [runs.wasm!.get(method)!, runs.webgpu!.get(method)!]
    expectClose(webgpu.metrics, wasm.metrics, 1e-3)
    expect(webgpu.student).toEqual(wasm.student)
    expect(webgpu.teacher).toEqual(wasm.teacher)
  })
})

/** The numbers of every step, and what was measured at the end. */
async function runOf(method: Method) {
  const events = await eventsOf({ ...ALL, method })
  const { student, teacher } = events.findLast((event) => event.type === 'evaluation')!
  const metrics = events.flatMap((event) =>
    (event.type === 'metrics' ? [...Object.values(event.metrics), ...event.usage].filter((value) => typeof value === 'number' && !Number.isNaN(value)) : []))
  return { metrics, student, teacher }
}
