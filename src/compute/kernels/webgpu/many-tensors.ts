import { util } from '@tensorflow/tfjs-core'

/** Numbers that a workgroup of one of these programs goes through. */
export const CHUNK = 1_024
export const CHUNK_THREADS = 256

/** How many workgroups go through tensors of these sizes. */
export function chunksOf(sizes: readonly number[]): number {
  return sizes.reduce((sum, size) => sum + Math.ceil(size / CHUNK), 0)
}

/**
 * WGSL that goes through several tensors in one dispatch: the workgroups are shared out among them in order.
 * @param each the code for number `i` of tensor `tensor`
 */
export function throughAll(sizes: readonly number[], each: (tensor: number) => string): string {
  let first = 0
  const branches = sizes.map((size, tensor) => {
    const last = first + Math.ceil(size / CHUNK)
    const branch = `if (group < ${last}u) {
    let until = min((group - ${first}u + 1u) * ${CHUNK}u, ${size}u);
    for (var i = (group - ${first}u) * ${CHUNK}u + thread; i < until; i += ${CHUNK_THREADS}u) { ${each(tensor)} }
  }`
    first = last
    return branch
  })
  return `fn run(group: u32, thread: u32) {
  ${branches.join(' else ')}
}`
}

/** Lists of at most so many items, in order. */
export function inGroups<Item>(items: readonly Item[], most: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / most) }, (_, i) => items.slice(i * most, (i + 1) * most))
}

export function sizeOf({ shape }: { shape: number[] }): number {
  return util.sizeFromShape(shape)
}
