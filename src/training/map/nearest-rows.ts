import type { Rows } from './principal-plane'

/** The nearest rows of each row, itself first, and how far they are. */
export interface NearestRows {
  indices: number[][]
  distances: number[][]
}

/** The `count` nearest of unit rows to row `row`, itself first, by the length of the chord between them. */
export function nearestRows({ values, size }: Rows, row: number, count: number): { indices: number[]; distances: number[] } {
  const own = values.subarray(row * size, (row + 1) * size)
  const indices: number[] = []
  const distances: number[] = []
  for (let other = 0; other < values.length / size; other++) {
    let cosine = 0
    for (let i = 0; i < size; i++) cosine += own[i]! * values[other * size + i]!
    const distance = other === row ? 0 : Math.sqrt(Math.max(0, 2 - 2 * cosine))
    let place = Math.min(indices.length, count)
    while (place > 0 && (other === row || distance < distances[place - 1]!)) place--
    if (place >= count) continue
    indices.splice(place, 0, other)
    distances.splice(place, 0, distance)
    indices.length = distances.length = Math.min(indices.length, count)
  }
  return { indices, distances }
}
