export const BACKENDS = ['webgpu', 'wasm', 'webgl', 'cpu'] as const
export type BackendName = (typeof BACKENDS)[number]

/** The backends as a person reads them. */
export const BACKEND_NAMES: Record<BackendName, string> = {
  webgpu: 'WebGPU',
  wasm: 'WASM',
  webgl: 'WebGL',
  cpu: 'CPU',
}

/** Which of the project’s kernels a backend runs, by what they compute. */
export interface KernelReport {
  own: string[]
  /** Those left to tfjs’s own kernels, with one sentence why. */
  stock: { kernel: string; reason: string }[]
}

/** What the probe found: the backend that will train, and why the others will not. */
export interface BackendReport {
  backend: BackendName
  /** Adapter or processor in words, as the browser names it: “Apple M2 (metal-3)”, “SIMD, 2 threads”. */
  device: string
  /** One sentence: why this backend. */
  reason: string
  /** One sentence for each backend that was tried and refused. */
  refused: { backend: BackendName; reason: string }[]
  /** Present where the project’s kernels are tried one by one. */
  kernels?: KernelReport
}
