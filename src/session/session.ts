import { BackendError } from '../compute/open-backend'
import type { readPictureFiles } from '../data/picture-files'
import { DataError } from '../data/picture-set'
import { splitPictures } from '../data/split'
import { RecipeError, fieldOf, isFieldName, parseRecipe, type Changes, type Recipe } from '../recipe/recipe'
import { CheckpointError, decodeCheckpoint, encodeCheckpoint, type Checkpoint } from '../training/checkpoint'
import type { Watch } from '../training/events'
import type { train } from '../training/trainer'
import { checkWarmStart, type WarmStart } from '../training/warm-start'
import { Connection, type Connect } from './connection'
import { Library, type DrawShapes } from './library'
import { createOutbox, type Post, type Tell } from './outbox'
import { commandSchema, type Command, type WarmStartRequest, type WorkerEvent } from './protocol'
import { Run } from './run'
import { summarise } from './strip'
import { createQueue, nextTurn } from './turn'

/** What the session needs from outside: the worker gives the real things, a test its own. */
export interface SessionEnvironment {
  connect: Connect
  train: typeof train
  readFiles: typeof readPictureFiles
  drawShapes: DrawShapes
}

type CommandOf<Kind extends Command['kind']> = Extract<Command, { kind: Kind }>
type ErrorAbout = Extract<WorkerEvent, { kind: 'error' }>['about']

/** The worker’s side of the page: obeys commands and tells through `post` what happens. */
export class Session {
  readonly #environment: SessionEnvironment
  readonly #tell: Tell
  readonly #queue = createQueue()
  readonly #library: Library
  readonly #connection: Connection
  /** What is on screen. */
  #watch: Watch = { assignments: 0, snapshot: false, lens: false }
  #run: Run | undefined
  /** The run that is being prepared; it takes the place of the one under way only when it can start. */
  #coming: Run | undefined
  /** The last run that began: what it has learned can be saved and started from, when it is over too. */
  #learner: Run | undefined
  #latestPreview: Command | undefined

  constructor(post: Post, environment: SessionEnvironment) {
    this.#environment = environment
    this.#tell = createOutbox(post)
    this.#library = new Library(environment.drawShapes)
    this.#connection = new Connection({
      connect: environment.connect,
      queue: this.#queue,
      onConnected: (report) => {
        void this.#endRun()
        this.#tell({ kind: 'backend', report })
      },
      onLost: (sentence) => {
        void this.#endRun()
        this.#complain('backend', sentence)
      },
    })
  }

  /** Takes a message of the page, checked first; never throws. */
  handle(message: unknown): void {
    const command = commandSchema.safeParse(message)
    if (command.success) this.#obey(command.data)
    else this.#complain(...refusal(message))
  }

  #obey(command: Command): void {
    switch (command.kind) {
      case 'connect': return void this.#connect(command)
      case 'load': return void this.#load(command)
      case 'preview': return void this.#preview(command)
      case 'start': return void this.#start(command)
      case 'save': return void this.#save()
      case 'pause': return this.#target?.pause()
      case 'resume': return this.#target?.resume()
      case 'step': return this.#target?.step()
      case 'reset': return this.#reset()
      case 'tune': return this.#tune(command.changes)
      case 'stage': return this.#target?.stage()
      case 'watch':
        this.#watch = command.watch
        this.#run?.look()
    }
  }

  /** The run that commands are about. */
  get #target(): Run | undefined {
    return this.#coming ?? this.#run
  }

  async #start({ runId, recipe, paused, warmStart: request }: CommandOf<'start'>): Promise<void> {
    const next = new Run(runId, paused, { tell: this.#tell, queue: this.#queue, watched: () => this.#watch })
    this.#coming = next
    try {
      await nextTurn()
      const source = this.#library.find(recipe)
      const split = splitPictures(source, recipe)
      await this.#connection.connect()
      const warmStart = request && await this.#warmStart(request)
      if (this.#coming !== next) return
      if (warmStart) checkWarmStart(recipe, warmStart)
      await this.#run?.end()
      if (this.#coming !== next) return
      this.#coming = undefined
      this.#run = next
      this.#learner = next
      const data = { split, classCount: source.classNames.length, warmStart }
      next.begin(this.#environment.train(recipe, data, next.controls), split, recipe.seed)
    } catch (error) {
      if (this.#coming === next) this.#coming = undefined
      this.#complain(...explain(error))
      next.tellStatus('idle')
      // The page may have turned to the run that did not come about.
      this.#run?.tellStatus()
    }
  }

  async #warmStart({ from, projector }: WarmStartRequest): Promise<WarmStart> {
    const checkpoint = from === 'run'
      ? await this.#learned()
      : decodeCheckpoint(new Uint8Array(await from.arrayBuffer()), from.name)
    return { checkpoint, projector }
  }

  async #learned(): Promise<Checkpoint> {
    const checkpoint = await this.#learner?.checkpoint()
    if (checkpoint) return checkpoint
    throw new CheckpointError('There is nothing yet that could be saved or started from: train first, or choose a checkpoint file.')
  }

  async #save(): Promise<void> {
    try {
      const checkpoint = await this.#learned()
      const bytes = encodeCheckpoint(checkpoint)
      const { recipe: { method, dataset }, step } = checkpoint
      this.#tell({ kind: 'checkpoint', name: `${method}-${dataset}-step-${step}.ckpt`, bytes }, [bytes.buffer])
    } catch (error) {
      this.#complain(...explain(error))
    }
  }

  #reset(): void {
    this.#coming?.tellStatus('idle')
    this.#coming = undefined
    void this.#endRun()
  }

  /** Ends the run with its tensors. The page hears at once that it is idle. */
  async #endRun(): Promise<void> {
    const ended = this.#run
    this.#run = undefined
    ended?.tellStatus('idle')
    await ended?.end()
  }

  #tune(changes: Changes): void {
    const fixed = Object.keys(changes).find((name) => isFieldName(name) && !fieldOf(name).live)
    if (fixed) this.#complain('recipe', `${fixed} cannot change while a run is under way; start a new run.`)
    else this.#target?.tune(changes)
  }

  async #connect({ backend }: CommandOf<'connect'>): Promise<void> {
    const before = this.#connection.report
    try {
      const report = await this.#connection.connect(backend)
      if (report === before) this.#tell({ kind: 'backend', report })
    } catch (error) {
      this.#complain(...explain(error, 'backend'))
      const { report } = this.#connection
      if (report) this.#tell({ kind: 'backend', report })
      else if (backend !== 'auto') await this.#connect({ kind: 'connect', backend: 'auto' })
    }
  }

  async #load({ files, recipe }: CommandOf<'load'>): Promise<void> {
    try {
      const { dataset } = recipe
      const source = await this.#environment.readFiles(files, dataset === 'shapes' ? undefined : dataset)
      this.#library.keep(source)
      this.#show({ ...recipe, dataset: source.dataset })
    } catch (error) {
      this.#complain(...explain(error, 'data'))
    }
  }

  /** Only the last of several previews that wait for a step to end is worth its work. */
  async #preview(command: CommandOf<'preview'>): Promise<void> {
    this.#latestPreview = command
    await nextTurn()
    if (this.#latestPreview !== command) return
    try {
      this.#show(command.recipe)
    } catch (error) {
      this.#complain(...explain(error, 'data'))
    }
  }

  #show(recipe: Recipe): void {
    const source = this.#library.find(recipe)
    const summary = summarise(source, splitPictures(source, recipe))
    this.#tell({ kind: 'dataset', summary }, [summary.strip.rgba.buffer])
  }

  #complain(about: ErrorAbout, message: string): void {
    this.#tell({ kind: 'error', about, message })
  }
}

/** What an error is about, and its sentence. */
function explain(error: unknown, otherwise: ErrorAbout = 'training'): [ErrorAbout, string] {
  const cause = error instanceof Error ? error.message : String(error)
  if (error instanceof DataError) return ['data', cause]
  if (error instanceof RecipeError || error instanceof CheckpointError) return ['recipe', cause]
  if (error instanceof BackendError) return ['backend', cause]
  return [otherwise, `Something went wrong that should not: ${cause}`]
}

/** Why a message is no command: the field of its recipe that is wrong, or that it is unknown. */
function refusal(message: unknown): [ErrorAbout, string] {
  const { kind, recipe, changes } = { ...(message as Record<string, unknown> | null) }
  try {
    parseRecipe(recipe ?? changes ?? {})
  } catch (error) {
    return explain(error)
  }
  const name = typeof kind === 'string' ? `“${kind.slice(0, 40)}”` : 'a message without a kind'
  return ['message', `The worker does not understand ${name}; reload the page to bring both sides to the same version.`]
}
