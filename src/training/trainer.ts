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
import type { TrainingEvent } from './events'
import { measure, type StepResult } from './metrics'
import { recipeAt } from './schedule'
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
  /** Rows of the assignments that somebody looks at; 0 reads none back. */
  assignmentRows(): number
}

/** Thrown when training cannot go on; its message is a sentence with cause and cure. */
export class TrainingError extends Error {
  override name = 'TrainingError'
}

const NOBODY: RunControls = { takeChanges: () => ({}), assignmentRows: () => 0 }

/**
 * Trains a recipe on the current tfjs backend, one step a pull: not pulling is pausing. Ending
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
      const changes = controls.takeChanges()
      if (Object.keys(changes).length > 0) {
        current = { ...current, ...changes }
        yield { type: 'applied', step: step - 1, changes }
      }
      yield await run.step(step, current, controls)
      if (step % recipe.evaluateEvery === 0 || step === recipe.steps) yield await run.evaluate(step)
    }
    yield { type: 'finished', step: recipe.steps }
  } finally {
    run.dispose()
  }
}

/** The student, its method and its pictures on the device. */
class Run {
  private readonly pictures: DevicePictures
  private readonly test: TestPart
  private readonly student: Network
  private readonly method: Method
  private readonly optimiser: Optimiser
  private readonly dealer: ViewDealer

  constructor(recipe: Recipe, { split, classCount }: TrainingData) {
    const prototypeCount = prototypeCountOf(recipe, classCount)
    this.pictures = new DevicePictures(split.train)
    this.test = { pictures: new DevicePictures(split.test), statistics: split.statistics }
    this.student = createNetwork(recipe, prototypeCount)
    this.method = createMethod(recipe, prototypeCount)
    this.optimiser = createOptimiser(this.learned, recipe.optimiser)
    this.dealer = new ViewDealer(this.pictures, split, prototypeCount, this.method.wanted, recipe.seed)
  }

  /** @param step counts from 1 */
  async step(step: number, current: Recipe, controls: RunControls): Promise<TrainingEvent> {
    const recipe = recipeAt(step - 1, current)
    const batch = this.dealer.deal(recipe)
    const { result, gradients } = this.differentiate(batch, recipe)
    this.optimiser.step(gradients, recipe.learningRate, recipe)
    this.student.normalisePrototypes()
    this.method.afterStep(this.student, recipe)
    free(gradients)
    free({ full: batch.views.full, labels: batch.views.labels, ...(batch.views.small && { small: batch.views.small }) })

    try {
      if (step !== 1 && step % current.metricsEvery !== 0) return { type: 'stepped', step }
      return { type: 'metrics', step, ...await this.read(step, result, batch, recipe, controls.assignmentRows()) }
    } finally {
      free({ ...result.losses, ...result.targets })
    }
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

function free(tensors: Record<string, Tensor>): void {
  for (const tensor of Object.values(tensors)) tensor.dispose()
}
