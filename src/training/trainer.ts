import { keep, variableGrads, type NamedTensorMap, type Scalar, type Tensor } from '@tensorflow/tfjs-core'
import { DevicePictures } from '../data/device-pictures'
import type { Split } from '../data/split'
import { createMethod, prototypeCountOf } from '../methods/create'
import type { Method } from '../methods/method'
import { createNetwork, type Network } from '../nn/network'
import { createOptimiser, type Optimiser } from '../nn/optimiser'
import type { Parameter } from '../nn/parameters'
import type { Changes, Recipe } from '../recipe/recipe'
import { accuracy, type TestPart } from './evaluate'
import type { TrainingEvent, Watch } from './events'
import { chooseGallery, type GalleryChoice } from './gallery'
import { readAverage, readChange, readForward, readViews, remember } from './lens'
import { measure, type StepResult } from './metrics'
import { recipeAt } from './schedule'
import { takeSnapshot, type Scene } from './snapshot'
import type { Stage } from './stages'
import { ViewDealer, type StepBatch } from './step-views'

/** What a run learns from. */
export interface TrainingData {
  split: Split
  classCount: number
}

/** What the owner of a run may ask of it between two steps. */
export interface RunControls {
  /** Live changes since the last call; the coming step obeys them. */
  takeChanges(): Changes
  /** What somebody looks at now. */
  watched(): Watch
}

/** Thrown when training cannot go on; its message is a sentence with cause and cure. */
export class TrainingError extends Error {
  override name = 'TrainingError'
}

const NOBODY: RunControls = { takeChanges: () => ({}), watched: () => ({ assignments: 0, snapshot: false, lens: false }) }

/**
 * Trains a recipe on the current tfjs backend, one step a pull: not pulling is pausing. Who watches
 * gets snapshots between the steps, the end included, and with the lens gates within them. Ending
 * the generator early (`return`) frees everything that it holds on the device.
 * @throws TrainingError when the loss is no longer a number
 */
export async function* train(
  recipe: Recipe, data: TrainingData, controls: RunControls = NOBODY,
): AsyncGenerator<TrainingEvent, void, void> {
  const run = new Run(recipe, data)
  try {
    let current = recipe
    for (let step = 1; step <= recipe.steps; step++) {
      yield* run.snapshot(step - 1, current, controls)
      const changes = controls.takeChanges()
      if (Object.keys(changes).length > 0) {
        current = { ...current, ...changes }
        yield { type: 'applied', step: step - 1, changes }
      }
      yield* run.step(step, current, controls)
      if (step % recipe.evaluateEvery === 0 || step === recipe.steps) yield await run.evaluate(step)
    }
    yield { type: 'finished', step: recipe.steps }
    yield* run.snapshot(recipe.steps, current, controls)
  } finally {
    run.dispose()
  }
}

/** The student, its method and its pictures on the device. */
class Run {
  readonly student: Network
  readonly method: Method
  private readonly split: Split
  private readonly pictures: DevicePictures
  private readonly test: TestPart
  private choice?: GalleryChoice
  private readonly optimiser: Optimiser
  private readonly dealer: ViewDealer

  constructor(recipe: Recipe, { split, classCount }: TrainingData) {
    this.split = split
    const prototypeCount = prototypeCountOf(recipe, classCount)
    this.pictures = new DevicePictures(split.train)
    this.test = { pictures: new DevicePictures(split.test), statistics: split.statistics }
    this.student = createNetwork(recipe, prototypeCount)
    this.method = createMethod(recipe, prototypeCount)
    this.optimiser = createOptimiser(this.learned, recipe.optimiser)
    this.dealer = new ViewDealer(this.pictures, split, prototypeCount, this.method.wanted, recipe.seed)
  }

  /** A look for whoever watches, before the next step changes what there is to see. */
  async *snapshot(step: number, current: Recipe, controls: RunControls): AsyncGenerator<TrainingEvent, void, void> {
    if (!controls.watched().snapshot) return
    const recipe = recipeAt(Math.max(0, step - 1), current)
    yield { type: 'snapshot', step, snapshot: await takeSnapshot(step, recipe, this, this.scene(recipe)) }
  }

  /** @param step counts from 1 */
  async *step(step: number, current: Recipe, controls: RunControls): AsyncGenerator<TrainingEvent, void, void> {
    const recipe = recipeAt(step - 1, current)
    const batch = this.dealer.deal(recipe)
    const held: Tensor[] = [batch.views.full, batch.views.labels, ...(batch.views.small ? [batch.views.small] : [])]
    try {
      const result = yield* this.learn(step, batch, recipe, controls, held)
      if (step !== 1 && step % current.metricsEvery !== 0) yield { type: 'stepped', step }
      else yield { type: 'metrics', step, ...await this.read(step, result, batch, recipe, controls.watched().assignments) }
    } finally {
      for (const tensor of held) tensor.dispose()
    }
  }

  /**
   * The step itself, with a gate behind each of its parts while it is under the lens.
   * @param held takes the tensors that live until the step is over
   */
  private async *learn(
    step: number, batch: StepBatch, recipe: Recipe, controls: RunControls, held: Tensor[],
  ): AsyncGenerator<TrainingEvent, StepResult, void> {
    const { student, method, method: { teacher } } = this
    const lens = () => controls.watched().lens
    const stage = (shown: Stage): TrainingEvent => ({ type: 'stage', step, recipe, stage: shown })
    const kept = <Tensors extends Tensor[]>(tensors: Tensors): Tensors => (held.push(...tensors), tensors)

    if (lens()) yield stage(await readViews(batch, this.split.statistics))
    const centre = method.centre && lens() ? kept([method.centre.clone()])[0] : undefined
    const { result, gradients } = this.differentiate(batch, recipe)
    kept(Object.values({ ...result.losses, ...result.targets, ...gradients }))
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

  async evaluate(step: number): Promise<TrainingEvent> {
    const studentAccuracy = await accuracy(this.student, this.test)
    if (!this.method.teacher) return { type: 'evaluation', step, testAccuracy: studentAccuracy, studentAccuracy }
    const teacherAccuracy = await accuracy(this.method.teacher, this.test)
    return { type: 'evaluation', step, testAccuracy: teacherAccuracy, studentAccuracy, teacherAccuracy }
  }

  dispose(): void {
    this.pictures.dispose()
    this.test.pictures.dispose()
    this.optimiser.dispose()
    this.method.dispose()
    this.student.dispose()
  }

  private differentiate({ views }: StepBatch, recipe: Recipe): { result: StepResult; gradients: NamedTensorMap } {
    let result: StepResult | undefined
    const { value, grads } = variableGrads(() => {
      result = this.method.loss(this.student, views, recipe)
      for (const tensor of Object.values({ ...result.losses, ...result.targets })) keep(tensor)
      return result.losses.loss as Scalar
    }, this.learned.map((parameter) => parameter.value))
    if (value !== result!.losses.loss) value.dispose()
    return { result: result!, gradients: grads }
  }

  /** The gallery is chosen when somebody first looks. */
  private scene(recipe: Recipe): Scene {
    this.choice ??= chooseGallery(this.split, recipe.seed)
    return { choice: this.choice, train: this.pictures, test: this.test.pictures, statistics: this.split.statistics }
  }

  private get learned(): readonly Parameter[] {
    return [...this.student.parameters, ...this.method.parameters ?? []]
  }

  private async read(step: number, result: StepResult, batch: StepBatch, recipe: Recipe, sampleRows: number) {
    const classes = result.targets && this.dealer.labelsAt(batch.unlabelled)
    const measured = await measure(result, classes, recipe.temperature, batch.unlabelled, sampleRows)
    classes?.dispose()
    if (!Number.isFinite(measured.metrics.loss)) {
      throw new TrainingError(
        `The loss is no longer a number at step ${step}. Lower the learning rate or raise the temperature, and start again.`,
      )
    }
    return measured
  }
}
