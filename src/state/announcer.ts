/** Something outside React that changes often: components subscribe and read it when it announces a change. */
export abstract class Announcer {
  readonly #listeners = new Set<() => void>()

  /** Returns the function that stops listening. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  protected announce(): void {
    for (const listener of this.#listeners) listener()
  }
}
