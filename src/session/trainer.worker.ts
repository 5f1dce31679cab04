import { connectBackend } from '../compute/connect-browser'
import { readDroppedPictures } from '../data/dropped-pictures'
import { shapesSource } from '../data/shapes'
import { train } from '../training/trainer'
import { createPictureDecoder } from './picture-decoder'
import { Session } from './session'
import { Shelf } from './shelf'
import { WASM_ENVIRONMENT } from './wasm-environment'

declare const self: DedicatedWorkerGlobalScope

const session = new Session((events, transfers) => self.postMessage(events, transfers), {
  connect: (wanted, onBackendLost) =>
    connectBackend(wanted, { gpu: navigator.gpu, wasm: WASM_ENVIRONMENT, onBackendLost }),
  train,
  readFiles: readDroppedPictures,
  decode: createPictureDecoder(),
  shelf: new Shelf(),
  drawShapes: shapesSource,
})

self.addEventListener('message', ({ data }) => session.handle(data))
