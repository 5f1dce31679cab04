/** A backend that tfjs is set to, not yet trusted. */
export interface OpenBackend {
  /** Adapter or processor in words. */
  device: string
  /** Resolves to a sentence when the device is gone or reports an error; absent where that cannot happen. */
  failure?: Promise<string>
  /** Gives the device back; absent where there is nothing to give back. */
  close?(): void
}

/** Thrown when a backend cannot be used; its message is a sentence with cause and, where there is one, cure. */
export class BackendError extends Error {
  override name = 'BackendError'
}
