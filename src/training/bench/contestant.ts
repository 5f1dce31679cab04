/** An engine that trains the workload, step after step. */
export interface Contestant {
  name: string
  /** What a person should know of how it runs: flags, versions. */
  note?: string
  /** Gives the commands of one step and returns when they are given; `done` resolves to the loss when they are carried out. */
  step(): { done: Promise<number> }
  dispose(): void
}

/** Thrown when the contestants’ losses differ: they do not compute the same. */
export class DisagreementError extends Error {
  override name = 'DisagreementError'
}
