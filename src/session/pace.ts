/** The speed is that of the last seconds, so that it follows a change of the machine’s load. */
const WINDOW_SECONDS = 3

/** Measures a run: seconds of training without the pauses, and steps a second of late. */
export class Pace {
  #before = 0
  #since: number | undefined
  #ticks: { seconds: number; step: number }[] = []

  start(): void {
    this.#since ??= performance.now()
    this.#ticks = []
  }

  stop(): void {
    this.#before = this.seconds
    this.#since = undefined
  }

  get seconds(): number {
    return this.#before + (this.#since === undefined ? 0 : (performance.now() - this.#since) / 1000)
  }

  /** Notes that a step has ended. */
  tick(step: number): void {
    const { seconds } = this
    this.#ticks.push({ seconds, step })
    const start = this.#ticks.findIndex((tick) => seconds - tick.seconds <= WINDOW_SECONDS)
    // At least two ticks make a speed, however slow the steps are.
    this.#ticks.splice(0, Math.min(start, this.#ticks.length - 2))
  }

  get stepsPerSecond(): number {
    const first = this.#ticks[0]
    const last = this.#ticks.at(-1)
    if (!first || !last || last.seconds === first.seconds) return 0
    return (last.step - first.step) / (last.seconds - first.seconds)
  }
}
