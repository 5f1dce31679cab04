import type { BackendName, BackendReport } from '../compute/report'
import type { Queue } from './turn'

export type Wanted = 'auto' | BackendName

/** Sets a backend; `onLost` hears a sentence when it is gone. */
export type Connect = (wanted: Wanted, onLost: (sentence: string) => void) => Promise<BackendReport>

export interface ConnectionOwner {
  connect: Connect
  /** Changing the backend takes turns with the steps of a run. */
  queue: Queue
  /** A backend was set, in the place of an earlier one. */
  onConnected(report: BackendReport): void
  onLost(sentence: string): void
}

/** The backend that is connected, and the choice that led to it. */
export class Connection {
  #owner: ConnectionOwner
  #wanted: Wanted = 'auto'
  #report: BackendReport | undefined

  constructor(owner: ConnectionOwner) {
    this.#owner = owner
  }

  get report(): BackendReport | undefined {
    return this.#report
  }

  /**
   * Makes sure that a backend is connected, by the last choice unless there is a new one. The same choice again
   * keeps the backend.
   * @throws BackendError when it cannot be had; an earlier backend then stays.
   */
  connect(wanted = this.#wanted): Promise<BackendReport> {
    return this.#owner.queue(async () => {
      if (this.#report && wanted === this.#wanted) return this.#report
      const report: BackendReport = await this.#owner.connect(wanted, (sentence) => {
        if (this.#report === report) this.#lose(sentence)
      })
      this.#wanted = wanted
      this.#report = report
      this.#owner.onConnected(report)
      return report
    })
  }

  #lose(sentence: string): void {
    this.#report = undefined
    this.#owner.onLost(sentence)
  }
}
