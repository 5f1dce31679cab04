import '../../compute/gradients'
import { memory } from '@tensorflow/tfjs-core'
import { expect, it } from 'vitest'
import { openBareWebGPU } from '../../compute/bare-webgpu'
import { idleGpu } from '../../compute/node-gpu'
import { describeOnWebGPU } from '../../compute/webgpu-trial'
import { countCalls } from './counts'
import { tfjsSuave } from './tfjs-suave'
import { makeWorkload } from './workload'

describeOnWebGPU('a long run on WebGPU', () => {
  it('holds as many tensors and as much of the GPU’s memory after 1,000 steps as after 20', async () => {
    const workload = await makeWorkload({ width: 4, unlabelledBatch: 4, labelledBatch: 2, projectorWidth: 16, featureSize: 8 })
    // A device that computes nothing holds what any other would.
    const { device, close } = await openBareWebGPU('idle', await idleGpu(), 'own')
    const counter = countCalls(device)
    const contestant = await tfjsSuave('idle', 'ours', workload)
    const held: { tensors: number; bytes: number }[] = []
    for (let step = 1; step <= 1_000; step++) {
      await contestant.step().done
      if (step === 20 || step === 1_000) held.push({ tensors: memory().numTensors, bytes: counter.held })
    }
    expect(held[0]!.bytes).toBeGreaterThan(0)
    expect(held[1]).toEqual(held[0])
    contestant.dispose()
    counter.stop()
    close()
  }, 300_000)
})
