/** Share of the training time that snapshots may take: drawing them takes some too, and all views together a tenth at most. */
const SHARE = 0.06
/** No eye needs more of them, however cheap they are. */
const INTERVAL_SECONDS = 1

/** Decides when a run that goes freely can spare the time for another snapshot. All times are seconds of training. */
export class LookBudget {
  #next = -Infinity

  allows(now: number): boolean {
    return now >= this.#next
  }

  /** Notes what a snapshot cost that ended `now`: so much training has to follow that it stays within its share. */
  spend(cost: number, now: number): void {
    this.#next = now + Math.max(INTERVAL_SECONDS, cost * (1 / SHARE - 1))
  }

  /** Somebody has begun to watch and should not wait. */
  forgive(): void {
    this.#next = -Infinity
  }
}
