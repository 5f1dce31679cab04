import type { DataType, TensorInfo } from '@tensorflow/tfjs-core'
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'
import { BackendError } from '../../open-backend'
import { FLOATS, THREADS } from './floats'
import { sizeOf } from './many-tensors'
import { shaderOf, uniformBytes, type Program } from './program'

/** The commands that tfjs’s backend is gathering, which its types keep to itself. */
interface Gathered {
  commandEncoder: GPUCommandEncoder | null
  computePassEncoder: GPUComputePassEncoder | null
  /** Data of tensors that the commands use: tfjs frees it after they are submitted. */
  commandQueueOwnedIds: WeakSet<object>
  dispatchCountInPass: number
  uniformPendingDisposal: GPUBuffer[]
}

/** One run of a program. */
export interface Run {
  reads: readonly TensorInfo[]
  writes: readonly TensorInfo[]
  uniforms?: Record<string, number>
  /** How many workgroups. */
  groups: number
}

interface Built {
  pipeline: GPUComputePipeline
  layout: GPUBindGroupLayout
  /** Bind groups by the numbers of their buffers: tfjs hands the same buffers out again in the next step. */
  bindGroups: Map<string, GPUBindGroup>
  /** Uniform buffers by the numbers in them: most numbers are the same in every step. */
  uniformBuffers: Map<string, GPUBuffer>
}

/** More dispatches than this in one submit would keep too many freed buffers waiting. */
const DISPATCHES_A_SUBMIT = 64
/** More than a program sees in a steady run; a run with other sizes pushes the old ones out. */
const MOST_BIND_GROUPS = 64
const MOST_UNIFORM_BUFFERS = 16

/** Runs programs of ours among the commands of tfjs’s WebGPU backend, on its tensors. */
export class Gpu {
  readonly #backend: WebGPUBackend
  readonly #gathered: Gathered
  readonly #built = new Map<Program, Built>()
  readonly #layouts = new Map<string, GPUBindGroupLayout>()
  readonly #numbers = new WeakMap<GPUBuffer, number>()
  #nextNumber = 0

  readonly device: GPUDevice
  /** A device makes them anew whenever it is asked. */
  readonly limits: GPUSupportedLimits

  constructor(backend: WebGPUBackend) {
    this.#backend = backend
    this.#gathered = backend as unknown as Gathered
    this.device = backend.device
    this.limits = backend.device.limits
  }

  /** A new tensor for a program to write; its numbers are not set. */
  output(shape: number[], dtype: DataType = 'float32'): TensorInfo {
    const info = this.#backend.makeTensorInfo(shape, dtype)
    this.#backend.uploadToGPU(info.dataId)
    return info
  }

  /** Gives a tensor back that no caller sees, after the runs that use it. */
  free(info: TensorInfo): void {
    this.#backend.disposeData(info.dataId)
  }

  /** Lets another tensor share the data of `info`, in another shape. */
  share(info: TensorInfo, shape: number[]): TensorInfo {
    this.#backend.incRef(info.dataId)
    return { dataId: info.dataId, shape, dtype: info.dtype }
  }

  /** Whether no other tensor shares the data of any of these, so that a program may change them where they are. */
  areAlone(infos: readonly TensorInfo[]): boolean {
    return infos.every(({ dataId }) => this.#backend.refCount(dataId) === 1)
  }

  /** A tensor with the same numbers in memory of its own. */
  copyOf(info: TensorInfo): TensorInfo {
    const copy = this.output(info.shape, info.dtype)
    const [source, target] = [this.#bufferOf(info), this.#bufferOf(copy)]
    this.#backend.ensureCommandEncoderReady()
    this.#backend.endComputePassEncoder()
    this.#gathered.commandEncoder!.copyBufferToBuffer(source, 0, target, 0, source.size)
    for (const { dataId } of [info, copy]) this.#gathered.commandQueueOwnedIds.add(dataId)
    return copy
  }

  /**
   * Puts a run of the program behind the commands gathered so far.
   * @throws Error when the device’s limits forbid it
   */
  run(program: Program, { reads: given, writes, uniforms, groups }: Run): void {
    if (groups === 0) return
    const elements = Object.values(program.reads)
    const reads = given.map((info, i) => (elements[i]!.includes('f32') && this.#holdsWholeNumbers(info) ? this.#floatsOf(info) : info))
    const buffers = [...reads, ...writes].map((info) => this.#bufferOf(info))
    const { pipeline, layout, bindGroups, uniformBuffers } = this.#build(program)
    if (program.uniforms) buffers.push(this.#uniformBuffer(uniformBuffers, program.uniforms, uniforms ?? {}))
    const pass = this.#pass()
    pass.setPipeline(pipeline)
    pass.setBindGroup(0, this.#bindGroup(layout, bindGroups, buffers))
    const most = this.limits.maxComputeWorkgroupsPerDimension
    if (groups <= most) pass.dispatchWorkgroups(groups)
    else pass.dispatchWorkgroups(most, Math.ceil(groups / most))
    for (const { dataId } of [...reads, ...writes]) this.#gathered.commandQueueOwnedIds.add(dataId)
    this.#gathered.dispatchCountInPass += 1
    reads.forEach((info, i) => info !== given[i] && this.free(info))
    if (this.#gathered.dispatchCountInPass >= DISPATCHES_A_SUBMIT) this.submit()
  }

  /**
   * Whatever the tensor says: tfjs casts whole numbers to float32 in name alone, and its own programs turn them as
   * they read them.
   */
  #holdsWholeNumbers({ dataId }: TensorInfo): boolean {
    return this.#backend.tensorMap.get(dataId).dtype !== 'float32'
  }

  #floatsOf(info: TensorInfo): TensorInfo {
    const floats = this.output(info.shape)
    this.run(FLOATS, { reads: [info], writes: [floats], groups: Math.ceil(sizeOf(info) / THREADS) })
    return floats
  }

  /** Sends off what has been gathered. */
  submit(): void {
    if (!this.#gathered.commandEncoder) return
    this.#backend.endComputePassEncoder()
    this.#backend.submitQueue()
  }

  #pass(): GPUComputePassEncoder {
    this.#backend.ensureCommandEncoderReady()
    this.#gathered.computePassEncoder ??= this.#gathered.commandEncoder!.beginComputePass()
    return this.#gathered.computePassEncoder
  }

  #bufferOf({ dataId, shape }: TensorInfo): GPUBuffer {
    this.#backend.uploadToGPU(dataId)
    const buffer = this.#backend.tensorMap.get(dataId).resource as GPUBuffer
    if (!this.#numbers.has(buffer)) this.#checkSize(buffer, shape)
    return buffer
  }

  /** For a buffer that is met for the first time. */
  #checkSize(buffer: GPUBuffer, shape: number[]): void {
    const most = this.limits.maxStorageBufferBindingSize
    if (buffer.size > most) {
      const megabytes = (bytes: number) => Math.ceil(bytes / 2 ** 20)
      throw new BackendError(
        `This GPU takes ${megabytes(most)} MB at a time, and a tensor of shape ${shape.join('×')} has ${megabytes(buffer.size)} MB. ` +
        'Choose a smaller batch or width, or fewer training pictures.',
      )
    }
  }

  #build(program: Program): Built {
    const known = this.#built.get(program)
    if (known) return known
    const layout = this.#layoutOf(program)
    const pipeline = this.device.createComputePipeline({
      label: program.name,
      layout: this.device.createPipelineLayout({ bindGroupLayouts: [layout] }),
      compute: { module: this.device.createShaderModule({ label: program.name, code: shaderOf(program) }), entryPoint: 'main' },
    })
    const built = { pipeline, layout, bindGroups: new Map(), uniformBuffers: new Map() }
    this.#built.set(program, built)
    return built
  }

  #layoutOf(program: Program): GPUBindGroupLayout {
    const [reads, writes] = [Object.keys(program.reads).length, Object.keys(program.writes).length]
    const most = this.limits.maxStorageBuffersPerShaderStage
    if (reads + writes > most) throw new Error(`This GPU gives a shader ${most} arrays, and ${program.name} needs ${reads + writes}.`)
    const types: GPUBufferBindingType[] = [
      ...Array.from({ length: reads }, () => 'read-only-storage' as const),
      ...Array.from({ length: writes }, () => 'storage' as const),
      ...(program.uniforms ? ['uniform' as const] : []),
    ]
    const key = types.join()
    const layout = this.#layouts.get(key) ?? this.device.createBindGroupLayout({
      entries: types.map((type, binding) => ({ binding, visibility: GPUShaderStage.COMPUTE, buffer: { type } })),
    })
    this.#layouts.set(key, layout)
    return layout
  }

  #bindGroup(layout: GPUBindGroupLayout, known: Map<string, GPUBindGroup>, buffers: readonly GPUBuffer[]): GPUBindGroup {
    const key = buffers.map((buffer) => this.#numberOf(buffer)).join()
    const group = known.get(key) ?? this.device.createBindGroup({
      layout, entries: buffers.map((buffer, binding) => ({ binding, resource: { buffer } })),
    })
    if (known.size >= MOST_BIND_GROUPS && !known.has(key)) known.delete(known.keys().next().value!)
    known.set(key, group)
    return group
  }

  #numberOf(buffer: GPUBuffer): number {
    const number = this.#numbers.get(buffer) ?? this.#nextNumber++
    this.#numbers.set(buffer, number)
    return number
  }

  #uniformBuffer(known: Map<string, GPUBuffer>, uniforms: NonNullable<Program['uniforms']>, values: Record<string, number>): GPUBuffer {
    const key = Object.keys(uniforms).map((name) => values[name]).join()
    const buffer = known.get(key) ?? this.#filledBuffer(uniformBytes(uniforms, values))
    // The one that was used longest ago makes room; commands that are not yet submitted may still read it.
    known.delete(key)
    if (known.size >= MOST_UNIFORM_BUFFERS) {
      const [oldest, freed] = known.entries().next().value!
      known.delete(oldest)
      this.#gathered.uniformPendingDisposal.push(freed)
    }
    known.set(key, buffer)
    return buffer
  }

  #filledBuffer(bytes: ArrayBuffer): GPUBuffer {
    const buffer = this.#backend.bufferManager.acquireBuffer(bytes.byteLength, GPUBufferUsage.COPY_DST | GPUBufferUsage.UNIFORM)
    this.device.queue.writeBuffer(buffer, 0, bytes)
    return buffer
  }
}
