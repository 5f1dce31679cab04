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
  onConnected(): void
  onLost(sentence: string): void
}

/** A backend, the choice that led to it, and what the automatic choice comes to, where that is known. */
export interface Connected {
  report: BackendReport
  wanted: Wanted
  automatic?: BackendName
}

/** The backend that is connected. */
export class Connection {
  #owner: ConnectionOwner
  #wanted: Wanted = 'auto'
  /** What the automatic choice came to, until a backend was lost: then it may come to another. */
  #automatic: BackendName | undefined
  #report: BackendReport | undefined

  constructor(owner: ConnectionOwner) {
    this.#owner = owner
  }

  get connected(): Connected | undefined {
    const [report, automatic] = [this.#report, this.#automatic]
    return report && { report, wanted: this.#wanted, ...(automatic && { automatic }) }
  }

  /**
   * Makes sure that a backend is connected, by the last choice unless there is a new one. A choice that comes to the
   * backend in use keeps it.
   * @throws BackendError when it cannot be had; an earlier backend then stays.
   */
  connect(wanted = this.#wanted): Promise<BackendReport> {
    return this.#owner.queue(async () => {
      if (this.#report && this.#report.backend === (wanted === 'auto' ? this.#automatic : wanted)) {
        this.#wanted = wanted
        return this.#report
      }
      const report: BackendReport = await this.#owner.connect(wanted, (sentence) => {
        if (this.#report === report) this.#lose(sentence)
      })
      this.#wanted = wanted
      if (wanted === 'auto') this.#automatic = report.backend
      this.#report = report
      this.#owner.onConnected()
      return report
    })
  }

  #lose(sentence: string): void {
    this.#report = undefined
    this.#automatic = undefined
    this.#owner.onLost(sentence)
  }
}
