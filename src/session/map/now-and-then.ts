/** Progress is told this far apart: no eye needs more. */
const INTERVAL_MILLISECONDS = 100

/** Of many items those that an interval has passed before, and the last one. */
export function* nowAndThen<Item>(items: Iterable<Item>, clock = () => performance.now()): Generator<Item, void, void> {
  let told = -Infinity
  let waiting: Item | undefined
  for (const item of items) {
    waiting = item
    if (clock() - told < INTERVAL_MILLISECONDS) continue
    told = clock()
    waiting = undefined
    yield item
  }
  if (waiting !== undefined) yield waiting
}
