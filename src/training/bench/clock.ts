/** Times of the same thing done again and again, in milliseconds. */
export interface Times {
  median: number
  /** Fastest and slowest. */
  least: number
  most: number
  count: number
}

/** @throws RangeError without a single time */
export function timesOf(milliseconds: readonly number[]): Times {
  const sorted = milliseconds.toSorted((a, b) => a - b)
  if (sorted.length === 0) throw new RangeError('Nothing was timed.')
  const middle = sorted.length >> 1
  const median = sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
  return { median, least: sorted[0]!, most: sorted.at(-1)!, count: sorted.length }
}

/** Times `count` runs after `warmUp` that do not count; `run` resolves when the work is done. */
export async function timed(run: () => Promise<unknown>, count: number, warmUp = 1): Promise<Times> {
  for (let i = 0; i < warmUp; i++) await run()
  const times: number[] = []
  for (let i = 0; i < count; i++) {
    const begun = performance.now()
    await run()
    times.push(performance.now() - begun)
  }
  return timesOf(times)
}
