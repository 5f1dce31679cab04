import { memory } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { connectNodeBackend } from '../compute/connect-node'
import type { TrainingEvent } from './events'
import { DATA, eventsOf, lossesOf, TINY } from './tiny'
import { train } from './trainer'

beforeAll(() => connectNodeBackend('wasm'))

describe('measures that are asked for', () => {
  it('come with the evaluations and change nothing of the training', async () => {
    const changes = { method: 'daino', steps: 4, evaluateEvery: 2 } as const
    const plain = await eventsOf(changes)
    const measured = await eventsOf({ ...changes, neighbourAccuracy: 'always', probes: 'on', finalProbe: 'on' })
    expect(lossesOf(measured)).toEqual(lossesOf(plain))
    const evaluations = measured.flatMap((event) => (event.type === 'evaluation' ? [event] : []))
    const [first, last] = evaluations
    for (const { student, teacher } of evaluations) {
      expect(student).toMatchObject({ neighbourAccuracy: expect.any(Number), backboneProbeAccuracy: expect.any(Number), projectorProbeAccuracy: expect.any(Number) })
      expect(teacher).toMatchObject({ neighbourAccuracy: expect.any(Number) })
    }
    expect(first!.student).not.toHaveProperty('linearProbeAccuracy')
    expect(last!.student.linearProbeAccuracy).toBeGreaterThan(0.6)
    expect(last!.teacher!.linearProbeAccuracy).toBeGreaterThan(0.6)
    for (const event of plain) {
      if (event.type === 'evaluation') expect(Object.keys(event.student).sort()).toEqual(['accuracy', 'classAccuracies', 'clusterAccuracy', 'confusion'])
    }
  })

  it('let probes learn the classes along the way, on a constant number of tensors', async () => {
    const counts: number[] = []
    const events: TrainingEvent[] = []
    for await (const event of train({ ...TINY, method: 'supervised', steps: 40, learningRate: 0.02, probes: 'on', jitter: 0, labelledJitter: 0, grayscale: 0, labelledGrayscale: 0 }, DATA)) {
      events.push(event)
      counts.push(memory().numTensors)
    }
    expect(counts[30]).toBe(counts[3])
    const last = events.find((event) => event.type === 'evaluation')
    expect(last!.student.backboneProbeAccuracy).toBeGreaterThan(0.6)
    expect(last!.student.projectorProbeAccuracy).toBeGreaterThan(0.6)
  })
})
