import '../compute/gradients'
import { openBareWebGPU } from '../compute/bare-webgpu'
import { nodeGpu } from '../compute/node-gpu'
import { jaxSuave } from '../training/bench/jax-suave'
import { raceSteps } from '../training/bench/steps'
import { tfjsSuave } from '../training/bench/tfjs-suave'
import { makeWorkload } from '../training/bench/workload'

const gpu = await nodeGpu()
Object.assign(navigator, { userAgent: 'Node' })
const t = performance.now()
const say = (s: string) => console.log(((performance.now() - t)/1000).toFixed(1), s)
const workload = await makeWorkload({ width: 4, unlabelledBatch: 4, labelledBatch: 2, projectorWidth: 16 })
say('workload')

import { connectNodeBackend } from '../compute/connect-node'
for (const name of ['wasm','cpu'] as const) {
  await connectNodeBackend(name)
  const c = await tfjsSuave(name, name, workload)
  for (let i = 0; i < 3; i++) say(name + ' ' + await c.step().done)
}
process.exit(0)
