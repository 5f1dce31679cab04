import { BackendError } from '../compute/open-backend'
import type { DecodePicture } from '../data/decoding'
import type { DrawShapes } from '../data/drawn-shapes'
import { fitSizes } from '../data/fit-sizes'
import type { PathFile } from '../data/own-pictures'
import { DataError } from '../data/picture-set'
import { splitPictures } from '../data/split'
import { RecipeError, fieldOf, isFieldName, parseRecipe, type Changes, type Recipe } from '../recipe/recipe'
import { checkPictures } from '../training/check'
import { CheckpointError, decodeCheckpoint, encodeCheckpoint, type Checkpoint } from '../training/checkpoint'
import type { Watch } from '../training/events'
import type { train } from '../training/trainer'
import { previewViews } from '../training/view-preview'
import { Album } from './album'
import { checkWarmStart, type WarmStart } from '../training/warm-start'
import { Connection, type Connect } from './connection'
import { Gatherer, type ReadFiles } from './gatherer'
import { Library } from './library'
import { createOutbox, type Post, type Tell } from './outbox'
import { commandSchema, type Command, type WarmStartRequest, type WorkerEvent } from './protocol'
import { Run } from './run'
import type { Shelf } from './shelf'
import { summarise } from './strip'
import { createQueue, nextTurn } from './turn'

/** What the session needs from outside: the worker gives the real things, a test its own. */
export interface SessionEnvironment {
  connect: Connect
  train: typeof train
  readFiles: ReadFiles
  decode: DecodePicture
  shelf: Shelf
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
  readonly #gatherer: Gatherer
  readonly #connection: Connection
  /** Files of the load that is to come. */
  #handed: PathFile[] = []
  /** What is on screen. */
  #watch: Watch = { assignments: 0, snapshot: false, answers: false, lens: false }
  #run: Run | undefined
  /** The run that is being prepared; it takes the place of the one under way only when it can start. */
  #coming: Run | undefined
  /** The last run that began: what it has learned can be saved and started from, when it is over too. */
  #learner: Run | undefined
  #latestPreview: Command | undefined
  #latestViews: Command | undefined
  readonly #album = new Album()

  constructor(post: Post, environment: SessionEnvironment) {
    this.#environment = environment
    this.#tell = createOutbox(post)
    const { drawShapes, shelf, decode, readFiles } = environment
    this.#library = new Library(drawShapes, shelf)
    this.#gatherer = new Gatherer({
      library: this.#library, shelf, decode, readFiles, tell: this.#tell,
      show: (recipe, justCame) => this.#show(recipe, justCame),
      complain: (error) => this.#complain(...explain(error, 'data')),
    })
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
      case 'hand': return void this.#handed.push(...command.files.map(pathFile))
      case 'load': return this.#load(command)
      case 'fetch': return void this.#gatherer.fetch(command.recipe, command.base)
      case 'cancel': return this.#gatherer.cancel()
      case 'forget': return void (command.dataset ? this.#gatherer.forget(command.dataset) : this.#gatherer.tellKept())
      case 'preview': return void this.#preview(command)
      case 'tiles': return this.#sendTiles(command)
      case 'testTiles': return this.#run?.answers?.sendTiles(command.runId, command.positions)
      case 'previewViews': return void this.#previewViews(command)
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
    const next = new Run(runId, paused, {
      tell: this.#tell, queue: this.#queue, watched: () => this.#watch, breathe: () => this.#gatherer.breathe(),
    })
    this.#coming = next
    try {
      await nextTurn()
      await this.#library.reopen(recipe.dataset)
      const source = this.#library.find(recipe)
      const split = splitPictures(source, recipe)
      checkPictures(recipe, split, source.classNames.length)
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
      next.begin(this.#environment.train(recipe, data, next.controls), split, source, recipe)
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

  #load({ files, recipe }: CommandOf<'load'>): void {
    const all = [...this.#handed.splice(0), ...files.map(pathFile)]
    void this.#gatherer.read(all, recipe)
  }

  /** Only the last of several previews that wait for a step to end is worth its work. */
  async #preview(command: CommandOf<'preview'>): Promise<void> {
    this.#latestPreview = command
    await nextTurn()
    if (this.#latestPreview !== command) return
    try {
      await this.#library.reopen(command.recipe.dataset)
      if (this.#latestPreview === command) this.#show(command.recipe, command.fit)
    } catch (error) {
      this.#complain(...explain(error, 'data'))
    }
  }

  /** Shows the split of a recipe. Pictures that just came, or still come, are shown as far as they go. */
  #show(recipe: Recipe, justCame = false): void {
    const usable = this.#gatherer.isComing(recipe.dataset) ? this.#library.usable(recipe) : undefined
    if (usable === 0) return
    const asked = usable ? { ...recipe, trainSize: usable } : recipe
    const whole = justCame ? { ...asked, ...this.#library.ownClasses(asked) } : asked
    const source = this.#library.find(whole)
    const fitted = justCame || usable ? { ...whole, ...fitSizes(source, whole) } : whole
    const split = splitPictures(source, fitted)
    const summary = summarise(source, split, this.#album.show(split))
    const { dataset, classes, trainSize, testSize, labelsPerClass } = fitted
    this.#tell(
      { kind: 'dataset', summary, ...(justCame && { adopt: { dataset, classes, trainSize, testSize, labelsPerClass } }) },
      [summary.strip.rgba.buffer],
    )
  }

  #sendTiles({ album, positions }: CommandOf<'tiles'>): void {
    const rgba = this.#album.tiles(album, positions)
    if (rgba) this.#tell({ kind: 'tiles', album, positions, rgba }, [rgba.buffer])
  }

  /** Takes its turn with the steps of a run; a slider on its way leaves only its last place worth cutting. */
  async #previewViews(command: CommandOf<'previewViews'>): Promise<void> {
    this.#latestViews = command
    const { album, position, recipe, throwOf } = command
    try {
      await this.#connection.connect()
      const views = await this.#queue(async () => {
        const pixels = this.#latestViews === command ? this.#album.pixels(album, position) : undefined
        return pixels && previewViews(pixels, recipe, throwOf)
      })
      if (views) this.#tell({ kind: 'views', album, position, views }, [views.full.buffer, views.small.buffer])
    } catch (error) {
      this.#complain(...explain(error))
    }
  }

  #complain(about: ErrorAbout, message: string): void {
    this.#tell({ kind: 'error', about, message })
  }
}

function pathFile({ path, file }: { path: string; file: File }): PathFile {
  return { path, name: file.name, size: file.size, stream: () => file.stream() }
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
