import { backend } from '@tensorflow/tfjs-core'
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import { BINARIES } from './binaries'
import { dividedKernels } from './divided-kernels'
import { Team } from './team'

/** The project’s own kernels in WebAssembly; pointers are byte offsets into tfjs’s memory. assembly/ says what each does. */
export interface OwnKernels {
  blockSums(x: number, sums: number, rows: number, channels: number, fromBlock: number, toBlock: number): void
  blockSquares(x: number, mean: number, sums: number, rows: number, channels: number, fromBlock: number, toBlock: number): void
  blockGradients(
    x: number, y: number, dy: number, mean: number, gainSums: number, offsetSums: number,
    rows: number, channels: number, active: number, fromBlock: number, toBlock: number,
  ): void
  joinBlocks(sums: number, blocks: number, columns: number, total: number, share: number): void
  scaleAndShift(
    mean: number, variance: number, gamma: number, beta: number, scale: number, channels: number, epsilon: number,
  ): void
  normalise(x: number, scale: number, residual: number, y: number, rows: number, channels: number, active: number): void
  gradientCoefficients(
    mean: number, variance: number, gamma: number, dgamma: number, dbeta: number, coefficients: number,
    rows: number, channels: number, epsilon: number,
  ): void
  inputGradient(
    x: number, y: number, dy: number, dx: number, dresidual: number, coefficients: number,
    rows: number, channels: number, active: number,
  ): void
  filterGradient(
    x: number, dy: number, dw: number,
    batch: number, height: number, width: number, channels: number,
    outHeight: number, outWidth: number, outputs: number,
    filterHeight: number, filterWidth: number, stride: number, top: number, left: number,
    fromChannel: number, toChannel: number,
  ): void
  sumOverTaps(
    x: number, w: number, y: number, taps: number, tapCount: number, zeros: number,
    batch: number, height: number, width: number, channels: number,
    rows: number, columns: number, stride: number,
    outHeight: number, outWidth: number, outputs: number, outStride: number, phaseDown: number, phaseRight: number,
  ): void
}

/** What tfjs’s WASM backend has beside its public face. */
interface EmscriptenModule {
  asm: { memory?: WebAssembly.Memory }
}

/** How further threads are started, and how many there shall be, this one included. */
export interface Threads {
  count: number
  start(): Worker
}

/** Kernels, and how many threads share their work. */
export interface Opened {
  kernels: OwnKernels
  threads: number
}

/** Kernels and their threads serve as long as the memory that they work on. */
const opened = new WeakMap<WebAssembly.Memory, Promise<Opened | undefined>>()

/** The kernels on the memory of the WASM backend that is set; undefined where the engine cannot run them. */
export function openOwnKernels(threads?: Threads): Promise<Opened | undefined> {
  const { asm } = (backend() as BackendWasm).wasm as unknown as EmscriptenModule
  const { memory } = asm
  if (!memory) return Promise.resolve(undefined)
  const opening = opened.get(memory) ?? openOn(memory, threads)
  opened.set(memory, opening)
  return opening
}

async function openOn(memory: WebAssembly.Memory, threads?: Threads): Promise<Opened | undefined> {
  const shared = !(memory.buffer instanceof ArrayBuffer)
  const variants = shared ? [BINARIES.fusedShared, BINARIES.shared] : [BINARIES.fused, BINARIES.plain]
  const binary = variants.map(bytesOf).find((bytes) => WebAssembly.validate(bytes))
  if (!binary) return undefined
  const { instance } = await WebAssembly.instantiate(binary, { env: { memory } })
  const kernels = instance.exports as unknown as OwnKernels
  const alone = { kernels, threads: 1 }
  if (!shared || !threads) return alone
  try {
    const team = await Team.start(kernels, { binary, memory }, threads)
    return { kernels: dividedKernels(kernels, team), threads: team.size }
  } catch {
    // A browser may refuse workers of a worker; one thread computes the same numbers.
    return alone
  }
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.codePointAt(0)!)
}
