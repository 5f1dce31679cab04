/**
 * WGSL of `sumOf(thread, value)` and `largestOf(thread, value)`: every thread of the workgroup hands a value in, and
 * every one gets the sum, or the largest, of all. The order of the sum never changes.
 * @param threads of the workgroup, a power of two
 */
export function reductions(threads: number): string {
  return `
var<workgroup> handedIn: array<f32, ${threads}>;
${reduction(threads, 'sumOf', 'mine + other')}
${reduction(threads, 'largestOf', 'max(mine, other)')}
`
}

function reduction(threads: number, name: string, both: string): string {
  return `fn ${name}(thread: u32, value: f32) -> f32 {
  handedIn[thread] = value;
  workgroupBarrier();
  for (var half = ${threads / 2}u; half > 0u; half >>= 1u) {
    if (thread < half) {
      let mine = handedIn[thread];
      let other = handedIn[thread + half];
      handedIn[thread] = ${both};
    }
    workgroupBarrier();
  }
  let all = handedIn[0];
  workgroupBarrier();
  return all;
}`
}
