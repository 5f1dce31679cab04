/** No task of the page may last 50 ms; what draws needs most of that. */
const SLICE_MILLISECONDS = 8

/**
 * Runs work that yields often, a few milliseconds at a time and at once as far as those go.
 * @returns what stops it
 */
export function inSlices<Result>(work: Iterator<unknown, Result>, done: (result: Result) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  function go() {
    const until = performance.now() + SLICE_MILLISECONDS
    let next = work.next()
    while (!next.done && performance.now() < until) next = work.next()
    if (next.done) done(next.value)
    else timer = setTimeout(go)
  }
  go()
  return () => clearTimeout(timer)
}
