/** The line that tells how far a comparison has come, on stderr. A terminal sees it move; a log gets a line for each run. */
export class Progress {
  private readonly steps = new Map<string, string>()
  private readonly lasted: number[] = []

  constructor(private readonly total: number, private finished: number, private readonly workers: number) {
    this.write(`${finished} of ${total} runs were there already`)
  }

  step(name: string, step: number, steps: number): void {
    this.steps.set(name, `${name}: step ${step} of ${steps}`)
    if (process.stderr.isTTY) this.rewrite(this.line())
  }

  done(name: string, seconds: number): void {
    this.steps.delete(name)
    this.finished += 1
    this.lasted.push(seconds)
    this.write(`${this.finished} of ${this.total} runs · ${name} took ${inWords(seconds)}${this.left()}`)
  }

  end(): void {
    if (process.stderr.isTTY) this.rewrite('')
  }

  private line(): string {
    return [`${this.finished} of ${this.total} runs`, ...this.steps.values()].join(' · ') + this.left()
  }

  private left(): string {
    if (this.lasted.length === 0 || this.finished === this.total) return ''
    const each = this.lasted.reduce((sum, seconds) => sum + seconds, 0) / this.lasted.length
    return ` · about ${inWords((each * (this.total - this.finished)) / this.workers)} left`
  }

  private write(line: string): void {
    if (process.stderr.isTTY) this.rewrite(line)
    else console.error(line)
  }

  /** In the place of the line before, cut to the width of the terminal: a longer one would leave its rest behind. */
  private rewrite(line: string): void {
    process.stderr.write(`\r\u001b[K${line.slice(0, (process.stderr.columns || 80) - 1)}`)
  }
}

function inWords(seconds: number): string {
  return seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`
}
