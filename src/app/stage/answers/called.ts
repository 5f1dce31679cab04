import { identityNaming, type Naming } from '../../../state/confusion'
import type { NamingChoice } from '../../../state/confusion-slice'
import type { Answers } from '../../../state/pictures'

/** No class: what a prototype answers that none stands for. */
export const NAMELESS = -1

/** The prototype of each class, [classes]: as labels name it, or as it fits best. */
export function namingOf({ prototypes, bestNaming }: Answers, choice: NamingChoice): Naming {
  return choice === 'hungarian' ? bestNaming : identityNaming({ classes: bestNaming.length, prototypes })
}

/** The class that each prototype stands for, [prototypes]. */
export function classesOf(naming: Naming, prototypes: number): Int32Array {
  const classes = new Int32Array(prototypes).fill(NAMELESS)
  naming.forEach((prototype, label) => {
    if (prototype >= 0) classes[prototype] = label
  })
  return classes
}

/** What each test picture is called, [pictures]: the class of its likeliest prototype. */
export function calledOf({ ranking, ranks }: Pick<Answers, 'ranking' | 'ranks'>, classes: Int32Array): Int32Array {
  return Int32Array.from({ length: ranking.length / ranks }, (_, picture) => classes[ranking[picture * ranks]!]!)
}

/** The pictures that are called by a wrong name, the surest mistakes first; of equally sure ones in their order. */
export function worstMistakes(
  { probabilities, ranks }: Pick<Answers, 'probabilities' | 'ranks'>, called: Int32Array, labels: Uint8Array, most: number,
): number[] {
  const wrong = [...labels.keys()].filter((picture) => called[picture] !== labels[picture])
  const sureness = (picture: number) => probabilities[picture * ranks]!
  return wrong.sort((a, b) => sureness(b) - sureness(a)).slice(0, most)
}

export interface Guess {
  prototype: number
  probability: number
}

/** The likeliest prototypes of a picture, the best first. */
export function guessesOf({ ranking, probabilities, ranks }: Answers, picture: number): Guess[] {
  return Array.from({ length: ranks }, (_, rank) => ({
    prototype: ranking[picture * ranks + rank]!, probability: probabilities[picture * ranks + rank]!,
  }))
}

/** The probability of one fixed picture’s class over time. */
export function historyOf({ steps, truth }: { steps: number[]; truth: Float32Array }, fixed: number): { step: number; share: number }[] {
  const pictures = truth.length / steps.length
  return steps.map((step, at) => ({ step, share: truth[at * pictures + fixed]! }))
}
