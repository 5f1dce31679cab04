import { memory } from '@tensorflow/tfjs-core'
import type { Split } from '../data/split'
import type { Changes } from '../recipe/recipe'
import type { TrainingEvent } from '../training/events'
import type { Checkpoint } from '../training/checkpoint'
import { TrainingError, type RunControls, type Save } from '../training/trainer'
import type { Tell } from './outbox'
import { Pace } from './pace'
import type { RunStatus } from './protocol'
import { stripOf } from './strip'
import { nextTurn, type Queue } from './turn'

/** Assignments are read back and shown this far apart at most while the run goes freely. */
const SAMPLE_MILLISECONDS = 250

/** What a run needs of the session that owns it. */
export interface RunOwner {
  tell: Tell
  /** Steps take turns with whatever else uses the backend. */
  queue: Queue
  /** Rows of assignments on screen. */
  watched(): number
}

/** A run under way: pulls the trainer, step by step or freely, and tells what it hears. */
export class Run {
  readonly controls: RunControls
  #owner: RunOwner
  #status: RunStatus = 'preparing'
  #events: AsyncGenerator<TrainingEvent, void, void> | undefined
  #split: Split | undefined
  #step = 0
  /** The trainer is pulled until this step has ended. */
  #goal: number
  #driving = false
  #ended = false
  #changes: Changes = {}
  #save: Save | undefined
  #sampled = -Infinity
  #pace = new Pace()

  constructor(readonly runId: number, paused: boolean, owner: RunOwner) {
    this.#owner = owner
    this.#goal = paused ? 1 : Infinity
    this.controls = {
      takeChanges: () => {
        const changes = this.#changes
        this.#changes = {}
        return changes
      },
      assignmentRows: () => (this.#mayRead() ? owner.watched() : 0),
      takeSave: (save) => (this.#save = save),
    }
    this.tellStatus()
  }

  /** Starts pulling. `split` is what the trainer learns from. */
  begin(events: AsyncGenerator<TrainingEvent, void, void>, split: Split): void {
    this.#events = events
    this.#split = split
    void this.#drive()
  }

  /** Stops behind the step under way. */
  pause(): void {
    this.#goal = this.#step
  }

  resume(): void {
    this.#goal = Infinity
    void this.#drive()
  }

  step(): void {
    this.#goal = this.#step + 1
    void this.#drive()
  }

  tune(changes: Changes): void {
    Object.assign(this.#changes, changes)
  }

  /** What the run has learned, under way or over; nothing if it never took a step or its numbers went astray at once. */
  checkpoint(): Promise<Checkpoint | undefined> {
    return this.#owner.queue(async () => this.#save?.())
  }

  /** Ends the run for good: the trainer gives its tensors back behind the step under way. */
  async end(): Promise<void> {
    this.#ended = true
    const events = this.#events
    this.#events = undefined
    if (events) await this.#owner.queue(() => events.return())
  }

  tellStatus(status = this.#status): void {
    this.#status = status
    this.#owner.tell({ kind: 'status', runId: this.runId, status, step: this.#step })
  }

  async #drive(): Promise<void> {
    const events = this.#events
    if (!events) return
    if (this.#goal === Infinity && this.#status !== 'running') this.tellStatus('running')
    if (this.#driving) return
    this.#driving = true
    this.#pace.start()
    const status = await this.#pull(events)
    this.#pace.stop()
    this.#driving = false
    if (!this.#ended) this.tellStatus(status)
  }

  /** Pulls up to the goal; returns the status that follows. */
  async #pull(events: AsyncGenerator<TrainingEvent, void, void>): Promise<RunStatus> {
    try {
      while (!this.#ended && this.#step < this.#goal) {
        const result = await this.#owner.queue(async () => (this.#ended ? undefined : events.next()))
        if (this.#ended) break
        if (!result || result.done) {
          this.#events = undefined
          return 'finished'
        }
        this.#take(result.value)
        await nextTurn()
      }
      return 'paused'
    } catch (error) {
      this.#events = undefined
      // A lost device fails the step first and is announced a moment later; the announcement ends the run.
      await nextTurn()
      if (!this.#ended) this.#owner.tell({ kind: 'error', about: 'training', message: stopSentence(error) })
      return 'idle'
    }
  }

  #take(event: TrainingEvent): void {
    if ((event.type === 'stepped' || event.type === 'metrics') && event.step > this.#step) {
      this.#step = event.step
      this.#pace.tick(event.step)
    }
    const sample = event.type === 'metrics' ? event.sample : undefined
    if (sample) this.#sampled = performance.now()
    const strip = sample && this.#split && stripOf(this.#split, sample.pictures)
    const { seconds, stepsPerSecond } = this.#pace
    this.#owner.tell(
      {
        kind: 'training', runId: this.runId, event, seconds, stepsPerSecond, tensors: memory().numTensors,
        ...(strip && { strip }),
      },
      strip && [strip.rgba.buffer],
    )
  }

  /** Every single step may be looked at; a free run only now and then. */
  #mayRead(): boolean {
    return this.#goal !== Infinity || performance.now() - this.#sampled >= SAMPLE_MILLISECONDS
  }
}

function stopSentence(error: unknown): string {
  if (error instanceof TrainingError) return error.message
  const cause = error instanceof Error ? error.message : String(error)
  return `The training stopped: ${cause.replace(/[.\s]*$/, '')}. What it learned stays on show; press Train to begin again.`
}
