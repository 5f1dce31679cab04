import type { DecodePicture } from '../data/decoding'
import type { DrawShapes } from '../data/drawn-shapes'
import { fitSizes } from '../data/fit-sizes'
import type { PathFile } from '../data/own-pictures'
import { splitPictures } from '../data/split'
import { fieldOf, isFieldName, type Changes, type Recipe } from '../recipe/recipe'
import { checkPictures } from '../training/check'
import { CheckpointError, decodeCheckpoint, encodeCheckpoint, type Checkpoint } from '../training/checkpoint'
import type { Watch } from '../training/events'
import type { train } from '../training/trainer'
import { previewViews } from '../training/view-preview'
import { Album } from './album'
import { checkWarmStart, type WarmStart } from '../training/warm-start'
import { explain, refusal, type Complaint } from './complaints'
import { Connection, type Connect } from './connection'
import { Gatherer, type ReadFiles } from './gatherer'
import { Library } from './library'
import { createOutbox, type Post, type Tell } from './outbox'
import { commandSchema, type Command, type WarmStartRequest } from './protocol'
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
  /** The last run that took a step: what it has learned can be saved and started from, when it is over too. */
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
      complain: (error, unfetched) => this.#complain({
        ...explain(error, { otherwise: 'data', dataset: unfetched }), ...(unfetched && { code: 'not fetched' }),
      }),
    })
    this.#connection = new Connection({
      connect: environment.connect,
      queue: this.#queue,
      onConnected: () => {
        void this.#endRun()
        this.#tellBackend()
      },
      onLost: (message) => {
        this.#complain({ about: 'backend', message, code: 'backend lost', ...(this.#run && { runId: this.#run.runId }) })
        void this.#endRun()
      },
    })
  }

  /** Takes a message of the page, checked first; never throws. */
  handle(message: unknown): void {
    const command = commandSchema.safeParse(message)
    if (command.success) this.#obey(command.data)
    else this.#complain(refusal(message))
  }

  #obey(command: Command): void {
    switch (command.kind) {
      case 'connect': return void this.#connect(command)
      case 'hand': return void this.#handed.push(...command.files.map(pathFile))
      case 'load': return this.#load(command)
      case 'fetch': return void this.#gatherer.fetch(command.recipe, command.base)
      case 'cancel': return this.#cancel()
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
      onLearned: () => (this.#learner = next),
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
      await this.#endRun()
      if (this.#coming !== next) return
      this.#coming = undefined
      this.#run = next
      const data = { split, classCount: source.classNames.length, warmStart }
      next.begin(this.#environment.train(recipe, data, next.controls), split, source, recipe)
    } catch (error) {
      if (this.#coming === next) this.#coming = undefined
      this.#complain(explain(error, { dataset: recipe.dataset }))
      next.tellStatus('idle')
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
      this.#complain(explain(error))
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
    if (fixed) this.#complain({ about: 'recipe', message: `${fixed} cannot change while a run is under way; start a new run.` })
    else this.#target?.tune(changes)
  }

  async #connect({ backend }: CommandOf<'connect'>): Promise<void> {
    const before = this.#connection.connected?.report
    try {
      const report = await this.#connection.connect(backend)
      if (report === before) this.#tellBackend()
    } catch (error) {
      this.#complain(explain(error, { otherwise: 'backend' }))
      if (this.#connection.connected) this.#tellBackend()
      else if (backend !== 'auto') await this.#connect({ kind: 'connect', backend: 'auto' })
    }
  }

  #tellBackend(): void {
    const { connected } = this.#connection
    if (connected) this.#tell({ kind: 'backend', ...connected })
  }

  #cancel(): void {
    this.#handed = []
    this.#gatherer.cancel()
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
      this.#complain(explain(error, { otherwise: 'data', dataset: command.recipe.dataset }))
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
      this.#complain(explain(error, { otherwise: 'data' }))
    }
  }

  #complain(complaint: Complaint): void {
    this.#tell({ kind: 'error', ...complaint })
  }
}

function pathFile({ path, file }: { path: string; file: File }): PathFile {
  return { path, name: file.name, size: file.size, stream: () => file.stream() }
}
