import { memory } from '@tensorflow/tfjs-core'
import type { ChosenSource } from '../data/class-choice'
import { familiesOf } from '../data/families'
import { relabelled, type Split } from '../data/split'
import { labelsNamePrototypes } from '../recipe/naming'
import { LABEL_FIELDS, type Changes, type Recipe } from '../recipe/recipe'
import type { ProgressEvent, Snapshot, TrainingEvent, Watch } from '../training/events'
import type { Checkpoint } from '../training/checkpoint'
import type { RunControls, Save } from '../training/trainer'
import { AnswerBook } from './answer-book'
import { explainStop } from './complaints'
import { LookBudget } from './look-budget'
import type { Tell } from './outbox'
import { Pace } from './pace'
import type { RunStatus } from './protocol'
import { ShownGallery } from './shown-gallery'
import { stripOf } from './strip'
import { nextTurn, type Queue } from './turn'

/** Assignments are read back and shown this far apart at most while the run goes freely. */
const SAMPLE_MILLISECONDS = 250

/** What a run needs of the session that owns it. */
export interface RunOwner {
  tell: Tell
  /** Steps take turns with whatever else uses the backend. */
  queue: Queue
  /** What is on screen. */
  watched(): Watch
  /** Lets other work of the worker have its turn between two steps. */
  breathe(): Promise<void>
  /** It has taken its first step: from now on there is something to save and to start from. */
  onLearned(): void
}

/** A run under way: pulls the trainer, step by step or freely, and tells what it hears. */
export class Run {
  readonly controls: RunControls
  /** What it answered to the test pictures; there once it has begun. */
  answers: AnswerBook | undefined
  #owner: RunOwner
  #status: RunStatus = 'preparing'
  #events: AsyncGenerator<TrainingEvent, void, void> | undefined
  #split: Split | undefined
  /** What trains, live changes included. */
  #recipe: Recipe | undefined
  /** What the trainer’s snapshots look at: it was chosen by the labels at the start. */
  #gallery: ShownGallery | undefined
  #classNames: readonly string[] | undefined
  #step = 0
  /** The trainer is pulled until this step has ended. */
  #goal: number
  /** The step under the lens goes on by one gate. */
  #gateOpen = false
  #insideStep = false
  #driving = false
  #finished = false
  #ended = false
  #changes: Changes = {}
  #save: Save | undefined
  #sampled = -Infinity
  #lookedFor = false
  /** The step of the last snapshot. */
  #lookedAt = 0
  #budget = new LookBudget()
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
      takeSave: (save) => (this.#save = save),
      keepsAnswers: true,
      watched: () => ({
        assignments: this.#mayRead() ? owner.watched().assignments : 0,
        snapshot: this.#wantsLook(),
        answers: this.#wantsAnswers(),
        lens: owner.watched().lens && !this.#isFree,
      }),
    }
    this.tellStatus()
  }

  /** Starts pulling. `split` is what the trainer learns from by `recipe`, and what its classes are called. */
  begin(
    events: AsyncGenerator<TrainingEvent, void, void>, split: Split,
    { classNames, coarseNames }: Pick<ChosenSource, 'classNames' | 'coarseNames'>, recipe: Recipe,
  ): void {
    this.#events = events
    this.#split = split
    this.#classNames = classNames
    this.#recipe = recipe
    this.#gallery = new ShownGallery(split, recipe.seed)
    this.answers = new AnswerBook({
      runId: this.runId, test: split.test, fixed: this.#gallery.test, named: labelsNamePrototypes(recipe.method),
      families: familiesOf(split.train, classNames.length, coarseNames),
    }, this.#owner)
    this.#lookedFor = this.#owner.watched().snapshot
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

  /** Goes on to the next gate, of this step or the one that follows it; without the lens, to the end of a step. */
  stage(): void {
    this.#goal = this.#step
    this.#gateOpen = true
    void this.#drive()
  }

  /** What is on screen has changed. */
  look(): void {
    const { snapshot, lens } = this.#owner.watched()
    this.answers?.show()
    if (snapshot && !this.#lookedFor) this.#budget.forgive()
    this.#lookedFor = snapshot
    // A step that nobody looks into any more is ended.
    if (this.#insideStep && !lens) this.#goal = Math.max(this.#goal, this.#step + 1)
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
    const classNames = this.#classNames
    this.#owner.tell({ kind: 'status', runId: this.runId, status, step: this.#step, ...(classNames && { classNames }) })
  }

  /** Trains up to the goal, says how the run then stands, and shows it to whoever looks. */
  async #drive(): Promise<void> {
    if (!this.#events) return
    if (this.#hasToTrain && this.#isFree && this.#status !== 'running') this.tellStatus('running')
    if (this.#driving) return
    this.#driving = true
    try {
      while (this.#events) {
        const atRest = this.#status === 'paused' || this.#status === 'finished'
        if (this.#hasToTrain || !atRest) await this.#train()
        else if (this.#wantsLook() || this.#wantsAnswers()) await this.#pull(() => this.#wantsLook() || this.#wantsAnswers())
        else break
      }
    } catch (error) {
      await this.#fail(error)
    }
    this.#driving = false
  }

  async #train(): Promise<void> {
    this.#pace.start()
    try {
      while (this.#hasToTrain) await this.#pull(() => this.#hasToTrain)
    } finally {
      this.#pace.stop()
    }
    if (!this.#ended) this.tellStatus(this.#finished ? 'finished' : 'paused')
  }

  /** Pulls once, unless the turn comes when nobody wants it any more. */
  async #pull(wanted: () => boolean): Promise<void> {
    let began = 0
    const result = await this.#owner.queue(async () => {
      began = performance.now()
      return wanted() ? this.#events?.next() : undefined
    })
    if (this.#ended || !result) return
    if (result.done) {
      this.#events = undefined
      this.#finished = true
    } else {
      this.#take(result.value, (performance.now() - began) / 1000)
      await this.#owner.breathe()
    }
  }

  async #fail(error: unknown): Promise<void> {
    this.#events = undefined
    // A lost device fails the step first and is announced a moment later; the announcement ends the run.
    await nextTurn()
    if (this.#ended) return
    this.#owner.tell({ kind: 'error', runId: this.runId, ...explainStop(error) })
    this.tellStatus('idle')
  }

  /** @param seconds that the event took */
  #take(event: TrainingEvent, seconds: number): void {
    switch (event.type) {
      case 'snapshot': return this.#tellSnapshot(event.snapshot, seconds)
      case 'answers': return this.answers?.keep(event.answers)
      case 'stage': return this.#tellStage(event)
      case 'finished':
        this.#finished = true
        break
      case 'stepped':
      case 'metrics':
        this.#insideStep = false
        this.#gateOpen &&= this.#owner.watched().lens
        if (this.#step === 0) this.#owner.onLearned()
        this.#step = event.step
        this.#pace.tick(event.step)
    }
    this.#tellProgress(event)
  }

  #tellProgress(event: ProgressEvent): void {
    if (event.type === 'applied') this.#follow(event.changes)
    const sample = event.type === 'metrics' ? event.sample : undefined
    if (sample) this.#sampled = performance.now()
    const strip = sample && this.#split && stripOf(this.#split, sample.pictures)
    const { seconds, stepsPerSecond } = this.#pace
    this.#owner.tell(
      { kind: 'training', runId: this.runId, event, seconds, stepsPerSecond, tensors: memory().numTensors, ...(strip && { strip }) },
      strip && [strip.rgba.buffer],
    )
  }

  /** Pictures are ringed by the labels that the trainer now sees. */
  #follow(changes: Changes): void {
    if (!this.#recipe || !this.#split) return
    this.#recipe = { ...this.#recipe, ...changes }
    if (LABEL_FIELDS.some((name) => name in changes)) this.#split = relabelled(this.#split, this.#recipe)
  }

  #tellSnapshot(snapshot: Snapshot, cost: number): void {
    const gallery = this.#split && this.#gallery?.unlessShown(this.#split)
    if (gallery) this.#owner.tell({ kind: 'gallery', runId: this.runId, gallery }, [gallery.train.rgba.buffer, gallery.test.rgba.buffer])
    this.#lookedAt = snapshot.step
    this.#budget.spend(cost, this.#pace.seconds)
    this.#owner.tell({ kind: 'snapshot', runId: this.runId, snapshot }, [snapshot.features.buffer, snapshot.scores.buffer])
  }

  #tellStage({ step, recipe, stage }: Extract<TrainingEvent, { type: 'stage' }>): void {
    this.#insideStep = true
    this.#gateOpen = false
    const pictures = stage.gate === 'views' ? [...stage.labelled, ...stage.unlabelled] : []
    const strip = this.#split && pictures.length > 0 ? stripOf(this.#split, pictures) : undefined
    this.#owner.tell({ kind: 'stage', runId: this.runId, step, recipe, stage, ...(strip && { strip }) })
  }

  get #isFree(): boolean {
    return this.#goal === Infinity
  }

  get #hasToTrain(): boolean {
    const goesOn = this.#events !== undefined && !this.#ended && !this.#finished
    return goesOn && (this.#step < this.#goal || this.#gateOpen)
  }

  /** At rest anybody may look at once, but not twice at the same step; a free run has to afford it. */
  #wantsLook(): boolean {
    if (this.#ended || this.#insideStep || this.#step === this.#lookedAt || !this.#owner.watched().snapshot) return false
    return !this.#isFree || this.#finished || this.#budget.allows(this.#pace.seconds)
  }

  /** At rest all test pictures are asked at once; a free run answers with its evaluations. */
  #wantsAnswers(): boolean {
    if (this.#ended || this.#insideStep || !this.#owner.watched().answers) return false
    return (!this.#isFree || this.#finished) && this.answers?.step !== this.#step
  }

  /** Every single step may be looked at; a free run only now and then. */
  #mayRead(): boolean {
    return !this.#isFree || performance.now() - this.#sampled >= SAMPLE_MILLISECONDS
  }
}
