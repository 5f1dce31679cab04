import { connectBackend } from '../compute/connect-browser'
import { readPictureFiles } from '../data/picture-files'
import { shapesSource } from '../data/shapes'
import { train } from '../training/trainer'
import { Session } from './session'
import { WASM_ENVIRONMENT } from './wasm-environment'

declare const self: DedicatedWorkerGlobalScope

const session = new Session((events, transfers) => self.postMessage(events, transfers), {
  connect: (wanted, onBackendLost) =>
    connectBackend(wanted, { gpu: navigator.gpu, wasm: WASM_ENVIRONMENT, onBackendLost }),
  train,
  readFiles: readPictureFiles,
  drawShapes: shapesSource,
})

self.addEventListener('message', ({ data }) => session.handle(data))
