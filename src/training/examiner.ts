import { slice, tidy, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core'
import type { Layers, Network } from '../nn/network'
import type { Recipe } from '../recipe/recipe'
import { examine, type Examination } from './evaluate'
import type { Answers, Evaluation, Measures } from './events'
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

  /**
   * @param temperature τ of the answers to single pictures; they are left out without it
   * @returns undefined when a network’s scores are no longer numbers
   */
  async evaluate(step: number, temperature?: number): Promise<{ evaluation: Evaluation; answers?: Answers } | undefined> {
    const { neighbourAccuracy, finalProbe, steps } = this.recipe
    const atTheEnd = step === steps
    const wanted = {
      neighbours: neighbourAccuracy === 'always' || (neighbourAccuracy === 'end' && atTheEnd),
      frozenProbe: finalProbe === 'on' && atTheEnd,
    }
    const judged = temperature === undefined ? undefined : { temperature }
    const ofStudent = await examine(this.student, this.examination, { ...wanted, probes: this.probes, answers: this.teacher ? undefined : judged })
    const ofTeacher = this.teacher && await examine(this.teacher, this.examination, { ...wanted, answers: judged })
    if (!ofStudent || (this.teacher && !ofTeacher)) return undefined
    const [student, teacher] = [ofStudent.measures, ofTeacher?.measures]
    const answers = (ofTeacher ?? ofStudent).answers
    const read = ({ accuracy, clusterAccuracy }: Measures) => (this.examination.named ? accuracy : clusterAccuracy)
    const evaluation: Evaluation = {
      type: 'evaluation', step, testAccuracy: read(teacher ?? student), studentAccuracy: read(student),
      ...(teacher && { teacherAccuracy: read(teacher) }),
      student, ...(teacher && { teacher }),
    }
    return { evaluation, ...(answers && { answers: { step, ...answers } }) }
  }

  /** What the network that is judged answers now. @returns undefined when its scores are no longer numbers */
  async answers(step: number, temperature: number): Promise<Answers | undefined> {
    const wanted = { neighbours: false, frozenProbe: false, answers: { temperature } }
    const examined = await examine(this.teacher ?? this.student, this.examination, wanted)
    return examined?.answers && { step, ...examined.answers }
  }

  dispose(): void {
    this.probes?.backbone.dispose()
    this.probes?.projector.dispose()
  }
}
