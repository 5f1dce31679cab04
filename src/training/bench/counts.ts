/** What an engine asks of its device. */
export interface Counts {
  dispatches: number
  submits: number
  passes: number
  /** Bytes that go from the host to the device. */
  uploaded: number
  /** Bytes of new buffers. */
  allocated: number
}

/** Counts of a device from a moment on; `held` is the memory in its buffers since the count began, in bytes. */
export interface Counter {
  counts: Counts
  readonly held: number
  /** Begins again at zero; what is held stays. */
  reset(): void
  /** Lets the device go uncounted. */
  stop(): void
}

/** Counts the calls to a device, whoever makes them. */
export function countCalls(device: GPUDevice): Counter {
  const counts: Counts = { dispatches: 0, submits: 0, passes: 0, uploaded: 0, allocated: 0 }
  let held = 0
  const undo = [
    replaced(device, 'createBuffer', (create) => (descriptor) => {
      counts.allocated += descriptor.size
      held += descriptor.size
      if (descriptor.mappedAtCreation) counts.uploaded += descriptor.size
      const buffer = create(descriptor)
      replaced(buffer, 'destroy', (destroy) => () => {
        held -= descriptor.size
        return destroy()
      })
      return buffer
    }),
    replaced(device.queue, 'writeBuffer', (write) => (buffer, offset, data, dataOffset, size) => {
      const element = ArrayBuffer.isView(data) && 'BYTES_PER_ELEMENT' in data ? data.BYTES_PER_ELEMENT as number : 1
      counts.uploaded += size === undefined ? data.byteLength - (dataOffset ?? 0) * element : size * element
      write(buffer, offset, data as GPUAllowSharedBufferSource, dataOffset, size)
      return undefined
    }),
    replaced(device.queue, 'submit', (submit) => (buffers) => {
      counts.submits += 1
      return submit(buffers)
    }),
    replaced(device, 'createCommandEncoder', (create) => (descriptor) => {
      const encoder = create(descriptor)
      replaced(encoder, 'beginComputePass', (begin) => (descriptor) => {
        counts.passes += 1
        const pass = begin(descriptor)
        replaced(pass, 'dispatchWorkgroups', (dispatch) => (x, y, z) => {
          counts.dispatches += 1
          return dispatch(x, y, z)
        })
        return pass
      })
      return encoder
    }),
  ]
  return {
    counts,
    get held() {
      return held
    },
    reset: () => Object.assign(counts, { dispatches: 0, submits: 0, passes: 0, uploaded: 0, allocated: 0 }),
    stop: () => undo.forEach((restore) => restore()),
  }
}

/**
 * Puts another function in the place of a method of one object.
 * @returns restores the method
 */
function replaced<Owner extends object, Name extends keyof Owner>(
  owner: Owner, name: Name, wrap: (own: Owner[Name]) => Owner[Name],
): () => void {
  const own = owner[name]
  const bound = (own as (...args: unknown[]) => unknown).bind(owner) as Owner[Name]
  Object.defineProperty(owner, name, { value: wrap(bound), configurable: true, writable: true })
  return () => {
    Reflect.deleteProperty(owner, name)
  }
}
