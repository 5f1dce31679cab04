import { backend, findBackendFactory, setBackend } from '@tensorflow/tfjs-core'
import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl'
import { BackendError, type OpenBackend } from './open-backend'

/**
 * Sets the WebGL backend.
 * @throws BackendError when there is no WebGL (in a worker: no OffscreenCanvas with WebGL).
 */
export async function openWebGL(): Promise<OpenBackend> {
  await import('@tensorflow/tfjs-backend-webgl')
  if (!findBackendFactory('webgl') || !(await setBackend('webgl'))) {
    throw new BackendError('This browser gives no WebGL to a worker, or its graphics acceleration is switched off.')
  }
  const { gl } = (backend() as MathBackendWebGL).gpgpu
  const renderer = gl.getExtension('WEBGL_debug_renderer_info')?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER
  return { device: String(gl.getParameter(renderer)) }
}

/** Sets the CPU backend, which is always there. */
export async function openCpu(): Promise<OpenBackend> {
  await import('@tensorflow/tfjs-backend-cpu')
  await setBackend('cpu')
  return { device: 'JavaScript, 1 thread' }
}
