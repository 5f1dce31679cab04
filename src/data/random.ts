/** A seeded stream of random numbers. */
export interface RandomStream {
  /** A float in [0, 1). */
  next(): number
  /** A whole number in [0, limit). */
  below(limit: number): number
  /** `count` floats in [from, to). */
  uniform(count: number, from?: number, to?: number): Float32Array
  /** `count` floats of a standard normal. */
  normal(count: number): Float32Array
  /** A Fisher-Yates shuffle of 0 … count-1. */
  permutation(count: number): Int32Array
}

/**
 * The stream of a run’s seed under a name: streams of different names are independent, so that
 * drawing more from one never shifts another. Generator: sfc32 (C. Doty-Humphrey, PractRand),
 * seeded by an FNV-1a hash of the name and the seed.
 */
export function randomStream(seed: number, name: string): RandomStream {
  const draw = sfc32(seed, name)
  const next = () => draw() / 4_294_967_296
  const below = (limit: number) => Math.floor(next() * limit)
  return {
    next,
    below,
    uniform(count, from = 0, to = 1) {
      return Float32Array.from({ length: count }, () => from + (to - from) * next())
    },
    normal(count) {
      // Box-Muller; 1 - next() keeps the logarithm finite.
      return Float32Array.from({ length: count }, () =>
        Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()))
    },
    permutation(count) {
      const order = Int32Array.from({ length: count }, (_, i) => i)
      for (let last = count - 1; last > 0; last--) {
        const other = below(last + 1)
        const kept = order[last]!
        order[last] = order[other]!
        order[other] = kept
      }
      return order
    },
  }
}

function sfc32(seed: number, name: string): () => number {
  let hash = 0x811c9dc5
  for (const character of `${name}:${seed}`) {
    hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193)
  }
  let a = hash | 0
  let b = seed | 0
  let c = Math.imul(hash, 0x9e3779b1) | 0
  let counter = 1
  const draw = () => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return sum >>> 0
  }
  // The first draws of nearby seeds resemble one another.
  for (let i = 0; i < 15; i++) draw()
  return draw
}
