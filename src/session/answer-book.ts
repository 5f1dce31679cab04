import type { Families } from '../data/families'
import type { Split } from '../data/split'
import type { Answers } from '../training/events'
import { identityNaming } from '../training/confusion'
import { tilesOf } from './album'
import type { AnswerHistory } from './protocol'
import type { RunOwner } from './run'

/** A history has half as many points whenever it would have more: no curve shows more in the room that it has. */
export const MOST_POINTS = 256

interface Exam {
  runId: number
  test: Split['test']
  /** The gallery’s fixed test pictures. */
  fixed: Int32Array
  families?: Families
  /** Whether prototype k is class k; else the naming that fits best counts. */
  named: boolean
}

/** What a run answered to the test pictures, the newest and over time. It is told to nobody who does not ask. */
export class AnswerBook {
  readonly #exam: Exam
  readonly #owner: Pick<RunOwner, 'tell' | 'watched'>
  #answers: Answers | undefined
  #points: { step: number; truth: number[] }[] = []
  #toldStep = -1

  constructor(exam: Exam, owner: Pick<RunOwner, 'tell' | 'watched'>) {
    this.#exam = exam
    this.#owner = owner
  }

  /** The step of the newest answers; −1 before. */
  get step(): number {
    return this.#answers?.step ?? -1
  }

  keep(answers: Answers): void {
    this.#answers = answers
    if (this.#points.at(-1)?.step === answers.step) this.#points.pop()
    this.#points.push({ step: answers.step, truth: this.#truthOf(answers) })
    if (this.#points.length > MOST_POINTS) this.#points = this.#points.filter((_, i) => i % 2 === 0)
    this.show()
  }

  /** Tells who watches the newest answers, once; before the first ones, what they are about. */
  show(): void {
    const { tell, watched } = this.#owner
    if (!this.#answers || this.#toldStep === this.step || !watched().answers) return
    const { runId, test: { labels }, fixed, families } = this.#exam
    if (this.#toldStep < 0) tell({ kind: 'testPart', runId, part: { labels, fixed, ...(families && { families }) } })
    this.#toldStep = this.step
    tell({ kind: 'answers', runId, answers: this.#answers, history: this.#history() })
  }

  /** Sends some of the test pictures, if the run is the one that is meant. */
  sendTiles(runId: number, positions: readonly number[]): void {
    const rgba = runId === this.#exam.runId ? tilesOf(this.#exam.test, positions) : undefined
    if (rgba) this.#owner.tell({ kind: 'testTiles', runId, positions, rgba }, [rgba.buffer])
  }

  #history(): AnswerHistory {
    return {
      steps: this.#points.map(({ step }) => step),
      truth: Float32Array.from(this.#points.flatMap(({ truth }) => truth)),
    }
  }

  /** Probability of the prototype that stands for the true class of each fixed picture; 0 where none does. */
  #truthOf({ fixed, prototypes, bestNaming }: Answers): number[] {
    const classes = bestNaming.length
    const naming = this.#exam.named ? identityNaming({ classes, prototypes }) : bestNaming
    return Array.from(this.#exam.fixed, (position, i) => {
      const prototype = naming[this.#exam.test.labels[position]!]!
      return prototype < 0 ? 0 : fixed[i * prototypes + prototype]!
    })
  }
}
