import { expect, it } from 'vitest'
import { BINARIES } from './binaries'
import { dividedKernels } from './divided-kernels'
import type { OwnKernels } from './own-kernels'
import type { Job, Team } from './team'

const FLOAT = Float32Array.BYTES_PER_ELEMENT
const [batch, side, channels, outputs] = [5, 6, 12, 8]
const rows = 1_100
const places = ['X', 'DY', 'W', 'Y', 'DX', 'DW', 'TAPS', 'ZEROS', 'COEFFICIENTS', 'RESIDUAL'] as const
const AT = Object.fromEntries(places.map((name, i) => [name, 65_536 * (i + 1)])) as Record<(typeof places)[number], number>
const { X, DY, W, Y, DX, DW, TAPS, ZEROS, COEFFICIENTS, RESIDUAL } = AT

/** Does a round’s jobs one after the other: what the threads do at the same time must not depend on each other. */
function rehearsingTeam(kernels: OwnKernels, size: number): Team {
  return {
    size,
    run: (jobs: readonly Job[]) => jobs.toReversed().forEach(({ kernel, args }) =>
      (kernels[kernel] as (...args: readonly number[]) => void)(...args)),
  } as unknown as Team
}

/** Fresh memory with the same numbers in x, dy and weights, and kernels that work on it. */
function workplace() {
  const memory = new WebAssembly.Memory({ initial: 18 })
  const module = new WebAssembly.Module(Uint8Array.from(atob(BINARIES.plain), (character) => character.codePointAt(0)!))
  const kernels = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as OwnKernels
  const floats = (at: number, count: number) => new Float32Array(memory.buffer, at, count)
  fill(floats(X, rows * channels))
  fill(floats(DY, rows * channels))
  fill(floats(W, 9 * channels * outputs))
  fill(floats(COEFFICIENTS, 4 * channels))
  const taps = [-1, 0, 1].flatMap((down, ky) => [-1, 0, 1].flatMap((right, kx) => (
    [down, right, (ky * 3 + kx) * channels * outputs * FLOAT])))
  new Int32Array(memory.buffer, TAPS, taps.length).set(taps)
  return { kernels, floats }
}

/** Numbers between −1 and 1 without a visible pattern. */
function fill(numbers: Float32Array): void {
  numbers.forEach((_, i) => { numbers[i] = Math.sin((i + 1) ** 1.5) })
}

function results({ kernels, floats }: ReturnType<typeof workplace>, used: OwnKernels = kernels): Float32Array[] {
  used.sumOverTaps(
    X, W, Y, TAPS, 9, ZEROS, batch, side, side, channels, side, side, 1, side, side, outputs, 1, 0, 0,
  )
  used.filterGradient(X, DY, DW, batch, side, side, channels, side, side, outputs, 3, 3, 1, 1, 1, 0, channels)
  used.inputGradient(X, DY, DY, DX, RESIDUAL, COEFFICIENTS, rows, channels, 1)
  return [
    floats(Y, batch * side * side * outputs), floats(DW, 9 * channels * outputs),
    ...[DX, RESIDUAL].map((at) => floats(at, rows * channels)),
  ]
}

it.each([2, 3, 8])('gives with %i threads the very numbers of one', (size) => {
  const alone = results(workplace())
  const place = workplace()
  const shared = results(place, dividedKernels(place.kernels, rehearsingTeam(place.kernels, size)))
  expect(shared).toEqual(alone)
  for (const numbers of alone) expect(numbers.some((value) => value !== 0)).toBe(true)
})
