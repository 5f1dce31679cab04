import type { OwnKernels } from './own-kernels'
import type { Job, Team } from './team'

const FLOAT = Float32Array.BYTES_PER_ELEMENT

/**
 * The kernels with their work shared out among a team, in pieces that do not depend on each other’s sums: the
 * numbers are the same, bit by bit, for any number of threads.
 */
export function dividedKernels(kernels: OwnKernels, team: Team): OwnKernels {
  return {
    ...kernels,

    inputGradient(x, y, dy, dx, dresidual, coefficients, rows, channels, active) {
      team.run(pieces(rows, team.size).map(({ from, count }): Job => {
        const skip = from * channels * FLOAT
        const result = [dx + skip, dresidual && dresidual + skip]
        return { kernel: 'inputGradient', args: [x + skip, y + skip, dy + skip, ...result, coefficients, count, channels, active] }
      }))
    },

    filterGradient(...args) {
      const shared = args.slice(0, -2)
      const [fromChannel, toChannel] = args.slice(-2) as [number, number]
      // Four channels fill a tile of registers.
      team.run(pieces(toChannel - fromChannel, team.size, 4).map(({ from, count }): Job => (
        { kernel: 'filterGradient', args: [...shared, fromChannel + from, fromChannel + from + count] }
      )))
    },

    sumOverTaps(x, w, y, taps, tapCount, zeros, batch, height, width, channels, ...rest) {
      const [, , , outHeight, outWidth, outputs] = rest
      team.run(pieces(batch, team.size).map(({ from, count }): Job => {
        const xFrom = x + from * height * width * channels * FLOAT
        const yFrom = y + from * outHeight * outWidth * outputs * FLOAT
        return { kernel: 'sumOverTaps', args: [xFrom, w, yFrom, taps, tapCount, zeros, count, height, width, channels, ...rest] }
      }))
    },
  }
}

/** `total` cut into at most `parts` runs of nearly the same length, each but the last a multiple of `unit`. */
function pieces(total: number, parts: number, unit = 1): { from: number; count: number }[] {
  const length = Math.ceil(total / parts / unit) * unit
  return Array.from({ length: Math.ceil(total / length) }, (_, i) => (
    { from: i * length, count: Math.min(length, total - i * length) }
  ))
}
