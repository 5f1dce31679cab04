import { slice, tidy, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core'
import type { Layers, Network } from '../nn/network'
import type { Recipe } from '../recipe/recipe'
import { examine, type Examination } from './evaluate'
import type { Evaluation, Measures } from './events'
import { LinearProbe } from './probes'
import { cosine } from './schedule'

/** Peak learning rate of the probes that learn along. */
const PROBE_RATE = 0.1

/** Measures a run as its recipe asks, and lets probes learn along. Nothing that it does reaches the networks. */
export class Examiner {
  private probes: { backbone: LinearProbe; projector: LinearProbe } | undefined

  constructor(
    private readonly recipe: Recipe,
    private readonly examination: Examination,
    private readonly student: Network,
    private readonly teacher?: Network,
  ) {}

  get hasProbes(): boolean {
    return this.recipe.probes === 'on'
  }

  /**
   * One step of the probes.
   * @param layers what the student made of the step’s views
   * @param classes of the first rows’ pictures, [pictures], int32: from these the probes learn
   */
  learn(step: number, { backbone, hidden }: Layers, classes: Tensor1D): void {
    const probe = ({ shape }: Tensor2D) => new LinearProbe(shape[1], this.examination.classCount)
    this.probes ??= { backbone: probe(backbone), projector: probe(hidden) }
    const rate = cosine(step - 1, PROBE_RATE, 0, this.recipe.steps)
    for (const [learner, features] of [[this.probes.backbone, backbone], [this.probes.projector, hidden]] as const) {
      tidy(() => learner.learn(slice(features, [0, 0], [classes.size, features.shape[1]]), classes, rate))
    }
  }

  /** @returns undefined when a network’s scores are no longer numbers */
  async evaluate(step: number): Promise<Evaluation | undefined> {
    const { neighbourAccuracy, finalProbe, steps } = this.recipe
    const atTheEnd = step === steps
    const wanted = {
      neighbours: neighbourAccuracy === 'always' || (neighbourAccuracy === 'end' && atTheEnd),
      frozenProbe: finalProbe === 'on' && atTheEnd,
    }
    const student = await examine(this.student, this.examination, { ...wanted, probes: this.probes })
    const teacher = this.teacher && await examine(this.teacher, this.examination, wanted)
    if (!student || (this.teacher && !teacher)) return undefined
    const read = ({ accuracy, clusterAccuracy }: Measures) => (this.examination.named ? accuracy : clusterAccuracy)
    return {
      type: 'evaluation', step, testAccuracy: read(teacher ?? student), studentAccuracy: read(student),
      ...(teacher && { teacherAccuracy: read(teacher) }),
      student, ...(teacher && { teacher }),
    }
  }

  dispose(): void {
    this.probes?.backbone.dispose()
    this.probes?.projector.dispose()
  }
}
