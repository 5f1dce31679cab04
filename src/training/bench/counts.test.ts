import { expect, it } from 'vitest'
import { countCalls } from './counts'

it('counts what is asked of a device, and lets it go again', () => {
  const device = madeUpDevice()
  const own = device.createBuffer
  const counter = countCalls(device)
  const buffer = device.createBuffer({ size: 64, usage: 0 })
  device.createBuffer({ size: 16, usage: 0, mappedAtCreation: true })
  device.queue.writeBuffer(buffer, 0, new Float32Array(10), 2)
  device.queue.writeBuffer(buffer, 0, new ArrayBuffer(8))
  const pass = device.createCommandEncoder().beginComputePass()
  pass.dispatchWorkgroups(1)
  pass.dispatchWorkgroups(2)
  device.queue.submit([])
  buffer.destroy()
  expect(counter.counts).toEqual({ dispatches: 2, submits: 1, passes: 1, uploaded: 16 + 32 + 8, allocated: 80 })
  expect(counter.held).toBe(16)
  counter.reset()
  expect(counter.counts).toEqual({ dispatches: 0, submits: 0, passes: 0, uploaded: 0, allocated: 0 })
  counter.stop()
  expect(device.createBuffer).toBe(own)
})

function madeUpDevice(): GPUDevice {
  const prototype = {
    createBuffer: () => ({ destroy() {} }),
    createCommandEncoder: () => ({ beginComputePass: () => ({ dispatchWorkgroups() {} }) }),
  }
  return Object.assign(Object.create(prototype) as object, { queue: Object.create({ writeBuffer() {}, submit() {} }) as object }) as GPUDevice
}
