/**
 * Exponential moving average, debiased as Adam’s (Kingma and Ba, 2015, §3), so that the first values are not drawn
 * towards zero. A missing value (NaN) stays missing and moves nothing.
 * @param weight share of the past in each value, from 0 (the values themselves) to below 1
 */
export function smooth(values: ArrayLike<number>, weight: number): Float32Array {
  const smoothed = new Float32Array(values.length)
  let mean = 0
  let past = 1
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? NaN
    if (Number.isNaN(value)) {
      smoothed[index] = NaN
      continue
    }
    mean = weight * mean + (1 - weight) * value
    past *= weight
    smoothed[index] = mean / (1 - past)
  }
  return smoothed
}
