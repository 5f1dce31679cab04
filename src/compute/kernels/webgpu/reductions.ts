/**
 * WGSL of `sumOf(thread, value)` and `largestOf(thread, value)`: every thread of the workgroup hands a value in, and
 * every one gets the sum, or the largest, of all. The order of the sum never changes.
 * @param threads of the workgroup, a power of two
 */
export function reductions(threads: number): string {
  // Two rounds, for threads wait for each other once a round: a few threads take some values each, then each takes what those found.
  const some = 2 ** Math.ceil(Math.log2(threads) / 2)
  const few = threads / some
  return `
var<workgroup> handedIn: array<f32, ${threads}>;
var<workgroup> found: array<f32, ${few}>;
${reduction(few, some, 'sumOf', 'all + next')}
${reduction(few, some, 'largestOf', 'max(all, next)')}
`
}

function reduction(few: number, some: number, name: string, both: string): string {
  return `fn ${name}(thread: u32, value: f32) -> f32 {
  handedIn[thread] = value;
  workgroupBarrier();
  if (thread < ${few}u) {
    var all = handedIn[thread * ${some}u];
    for (var i = 1u; i < ${some}u; i++) {
      let next = handedIn[thread * ${some}u + i];
      all = ${both};
    }
    found[thread] = all;
  }
  workgroupBarrier();
  var all = found[0];
  for (var i = 1u; i < ${few}u; i++) {
    let next = found[i];
    all = ${both};
  }
  return all;
}`
}
