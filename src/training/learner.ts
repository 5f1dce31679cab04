import { keep, slice, variableGrads, type NamedTensorMap, type Scalar, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core'
import { DevicePictures } from '../data/device-pictures'
import type { Split } from '../data/split'
import { createMethod, prototypeCountOf } from '../methods/create'
import type { Method, Views } from '../methods/method'
import { createNetwork, type Layers, type Network } from '../nn/network'
import { createOptimiser, type Optimiser } from '../nn/optimiser'
import type { Parameter } from '../nn/parameters'
import { labelsNamePrototypes } from '../recipe/naming'
import type { Recipe } from '../recipe/recipe'
import { TrainingError, type RunControls, type TrainingData } from './controls'
import type { Examination } from './evaluate'
import type { Answers, TrainingEvent } from './events'
import { Examiner } from './examiner'
import { chooseGallery, type GalleryChoice } from './gallery'
import { readAverage, readChange, readForward, readViews, remember } from './lens'
import { measure, type StepResult } from './metrics'
import { observed } from './observe'
import { recipeAt } from './schedule'
import { takeSnapshot, type Scene } from './snapshot'
import type { Stage } from './stages'
import { StateKeeper, type State } from './state-keeper'
import { ViewDealer, type StepBatch } from './step-views'
import { startWarm } from './warm-start'

/** What a step found, and what the student made of its views. */
interface Seen extends StepResult {
  layers: Layers
}

/** The student, its method and its pictures on the device. */
export class Learner {
  readonly student: Network
  readonly method: Method
  private readonly split: Split
  private readonly pictures: DevicePictures
  private readonly testPictures: DevicePictures
  private readonly choice: GalleryChoice
  private readonly optimiser: Optimiser
  private readonly dealer: ViewDealer
  private readonly examiner: Examiner
  private readonly keeper: StateKeeper
  /** The last step taken, and its recipe. */
  private latest: { step: number; recipe: Recipe }
  private mayBeSaved = false

  constructor(recipe: Recipe, { split, classCount }: TrainingData) {
    this.split = split
    const prototypeCount = prototypeCountOf(recipe, classCount)
    this.pictures = new DevicePictures(split.train)
    this.testPictures = new DevicePictures(split.test)
    this.student = createNetwork(recipe, prototypeCount)
    this.method = createMethod(recipe, prototypeCount)
    this.optimiser = createOptimiser(this.learned, recipe.optimiser)
    this.dealer = new ViewDealer(this.pictures, split, prototypeCount, this.method.wanted, recipe.seed)
    const { statistics } = split
    this.choice = chooseGallery(split, recipe.seed)
    const examination = {
      train: { pictures: this.pictures, statistics }, test: { pictures: this.testPictures, statistics },
      classCount, named: labelsNamePrototypes(recipe.method), vote: this.vote(), seed: recipe.seed,
      fixed: this.choice.test,
    }
    this.examiner = new Examiner(recipe, examination, this.student, this.method.teacher)
    this.keeper = new StateKeeper(this.student, this.method.teacher)
    this.latest = { step: 0, recipe }
  }

  begin({ warmStart }: TrainingData, { takeSave }: RunControls): void {
    if (warmStart) startWarm([this.student, ...this.method.teacher ? [this.method.teacher] : []], warmStart)
    this.mayBeSaved = takeSave !== undefined
    takeSave?.(() => this.keeper.checkpoint(this.latest))
  }

  relabel(current: Recipe): void {
    this.dealer.relabel(current)
  }

  /** Looks for whoever watches, one of each kind, before the next step changes what there is to see. */
  async *looks(step: number, current: Recipe, controls: RunControls): AsyncGenerator<TrainingEvent, void, void> {
    const recipe = recipeAt(Math.max(0, step - 1), current)
    const looks = {
      snapshot: async (): Promise<TrainingEvent> => ({ type: 'snapshot', step, snapshot: await takeSnapshot(step, recipe, this, this.scene) }),
      answers: async (): Promise<TrainingEvent> => ({ type: 'answers', step, answers: await this.answers(step, recipe) }),
    }
    // Somebody may begin to watch while the loop stands at one of them.
    const left = new Set(['snapshot', 'answers'] as const)
    const next = () => [...left].find((kind) => controls.watched()[kind])
    for (let kind = next(); kind; kind = next()) {
      left.delete(kind)
      yield await looks[kind]()
    }
  }

  private async answers(step: number, recipe: Recipe): Promise<Answers> {
    const answers = await this.examiner.answers(step, recipe.temperature)
    if (!answers) throw this.stop('A weight', step)
    return answers
  }

  /** @param step counts from 1 */
  async *step(step: number, current: Recipe, controls: RunControls): AsyncGenerator<TrainingEvent, void, void> {
    const recipe = recipeAt(step - 1, current)
    const reads = step === 1 || step % current.metricsEvery === 0
    const before = reads ? this.keeper.copy({ step: step - 1, recipe: current }) : undefined
    const batch = this.dealer.deal(recipe)
    const held: Tensor[] = [batch.views.full, batch.views.labels, ...(batch.views.small ? [batch.views.small] : [])]
    try {
      const result = yield* this.learn(step, batch, recipe, controls, held)
      this.latest = { step, recipe: current }
      if (this.examiner.hasProbes) this.teachProbes(step, batch, result)
      if (!before) yield { type: 'stepped', step }
      else yield { type: 'metrics', step, ...await this.read(step, result, batch, before, recipe, controls.watched().assignments) }
    } finally {
      for (const tensor of held) tensor.dispose()
      if (before) this.keeper.letGo(before)
    }
  }

  /**
   * The step itself, with a gate behind each of its parts while it is under the lens.
   * @param held takes the tensors that live until the step is over
   */
  private async *learn(
    step: number, batch: StepBatch, recipe: Recipe, controls: RunControls, held: Tensor[],
  ): AsyncGenerator<TrainingEvent, Seen, void> {
    const { student, method, method: { teacher } } = this
    const lens = () => controls.watched().lens
    const stage = (shown: Stage): TrainingEvent => ({ type: 'stage', step, recipe, stage: shown })
    const kept = <Tensors extends Tensor[]>(tensors: Tensors): Tensors => (held.push(...tensors), tensors)

    if (lens()) yield stage(await readViews(batch, this.split.statistics))
    const centre = method.centre && lens() ? kept([method.centre.clone()])[0] : undefined
    const { result, gradients } = this.differentiate(batch, recipe)
    kept(Object.values({ ...result.losses, ...result.targets, ...result.layers, ...gradients }))
    if (lens()) yield stage(await readForward({ student, teacher, centre, result }, batch.views, recipe))

    const before = lens() ? kept(remember(student.parameters)) : undefined
    this.optimiser.step(gradients, recipe.learningRate, recipe)
    student.normalisePrototypes()
    if (before) yield stage(await readChange(student.parameters, before, gradients, recipe.learningRate))

    const former = teacher && lens() ? kept(remember(teacher.parameters)) : undefined
    method.afterStep(student, recipe)
    if (teacher && former) yield stage(await readAverage(teacher.parameters, former, student.parameters, recipe.emaMomentum))
    return result
  }

  async *evaluate(step: number, current: Recipe, { keepsAnswers }: RunControls): AsyncGenerator<TrainingEvent, void, void> {
    const state = this.keeper.copy({ step, recipe: current })
    const examined = await this.keeper.isFinite(state)
      ? await this.examiner.evaluate(step, keepsAnswers ? current.temperature : undefined)
      : undefined
    this.keeper.judge(state, examined !== undefined)
    if (!examined) throw this.stop('A weight', step)
    yield examined.evaluation
    if (examined.answers) yield { type: 'answers', step, answers: examined.answers }
  }

  /** Brings what may be saved off the device and frees what the run holds there. */
  async end(): Promise<void> {
    // A lost device takes its numbers along.
    if (this.mayBeSaved) await this.keeper.retire(this.latest).catch(() => {})
    this.dispose()
  }

  private dispose(): void {
    this.keeper.dispose()
    this.examiner.dispose()
    this.pictures.dispose()
    this.testPictures.dispose()
    this.optimiser.dispose()
    this.method.dispose()
    this.student.dispose()
  }

  private differentiate({ views }: StepBatch, recipe: Recipe): { result: Seen; gradients: NamedTensorMap } {
    let result: Seen | undefined
    const { network, seen } = observed(this.student)
    const { value, grads } = variableGrads(() => {
      result = { ...this.method.loss(network, views, recipe), layers: seen() }
      for (const tensor of Object.values({ ...result.losses, ...result.targets })) keep(tensor)
      return result.losses.loss as Scalar
    }, this.learned.map((parameter) => parameter.value))
    if (value !== result!.losses.loss) value.dispose()
    return { result: result!, gradients: grads }
  }

  private vote(): Examination['vote'] {
    if (!this.method.classify) return undefined
    return { voters: () => this.dealer.taught, classify: (features, labelled) => this.method.classify!(features, labelled, this.latest.recipe) }
  }

  private get scene(): Scene {
    return { choice: this.choice, train: this.pictures, test: this.testPictures, statistics: this.split.statistics }
  }

  private get learned(): readonly Parameter[] {
    return [...this.student.parameters, ...this.method.parameters ?? []]
  }

  private async read(step: number, result: Seen, batch: StepBatch, before: State, recipe: Recipe, sampleRows: number) {
    const named = result.targets !== undefined && labelsNamePrototypes(recipe.method)
    const classes = named ? this.dealer.labelsAt(batch.unlabelled) : undefined
    const features = firstView(result.layers.features, batch.views)
    const { sound, ...measured } = await measure(
      { ...result, features, state: before.numbers }, classes, recipe.temperature, batch.unlabelled, sampleRows,
    )
    classes?.dispose()
    features.dispose()
    this.keeper.judge(before, sound)
    if (!sound) throw this.stop(Number.isFinite(measured.metrics.loss) ? 'A weight' : 'The loss', step)
    return measured
  }

  private stop(culprit: 'A weight' | 'The loss', step: number): TrainingError {
    const { goodStep } = this.keeper
    const kept = this.mayBeSaved && goodStep !== undefined
      ? ` What was learned by step ${goodStep} is kept: it can be saved and started from.`
      : ''
    return new TrainingError(
      `${culprit} is no longer a number at step ${step}. Lower the learning rate or raise the temperature, and start again.${kept}`,
    )
  }

  /** On the labelled pictures and what their labels say, mixed ones left out; where the method sees none, on all of the first view, by their true classes. */
  private teachProbes(step: number, { views, labelled, unlabelled }: StepBatch, { layers }: Seen): void {
    const classes = views.labelled > 0 ? this.dealer.taughtAt(labelled) : this.dealer.labelsAt(unlabelled)
    this.examiner.learn(step, layers, classes)
    classes.dispose()
  }
}

/** The rows of the first global view, or of the labelled pictures where they are alone. */
function firstView(rows: Tensor2D, { labelled, unlabelled }: Views): Tensor2D {
  const [from, count] = unlabelled > 0 ? [labelled, unlabelled] : [0, labelled]
  return slice(rows, [from, 0], [count, rows.shape[1]])
}
