import type { MethodName } from '../../../recipe/field'
import type { Prototype } from '../../../state/prototypes'
import { count, decimal, percent } from '../../format'
import type { PrototypeNames } from '../prototype-names'

/** What a prototype is to a method, in a sentence or two. */
export const SENTENCES: Record<MethodName, string> = {
  suave: 'Labels tie prototypes to classes; pictures without a label gather around the nearest one.',
  daino: 'Labels tie prototypes to classes; pictures without a label gather around the nearest one.',
  swav: 'No label names a cluster: “mostly” tells true classes, which SwAV never sees.',
  dino: 'No label names a cluster: “mostly” tells true classes, which DINO never sees.',
  supervised: 'The classifier: one prototype for each class, taught by the labelled pictures alone.',
  s4l: 'The classifier: one prototype for each class, taught by labels; rotations are guessed apart from it.',
  paws: 'PAWS has no prototypes: its labelled pictures themselves vote on every other one, by nearness. “Labels” shows which they are.',
}

/** What most members are, against the name. */
export interface Majority {
  text: string
  /** Whether the name that labels gave holds. */
  mood: 'unused' | 'right' | 'wrong' | 'nameless'
}

export function majorityOf(
  { index, members, classes }: Prototype, classNames: readonly string[], { named }: PrototypeNames,
): Majority {
  const [most] = classes
  if (!most) return { text: 'unused', mood: 'unused' }
  const tied = named && index < classNames.length
  if (tied && most.label === index) return { text: `✓ ${percent(most.count / members.length)}`, mood: 'right' }
  return { text: `mostly ${classNames[most.label]}`, mood: tied ? 'wrong' : 'nameless' }
}

/** All that a card shows, for those who do not see it. */
export function describe(prototype: Prototype, pictures: number, classNames: readonly string[], names: PrototypeNames): string {
  const { index, members, usage, sharpness, classes } = prototype
  const name = names.of(index)
  const tied = names.named && index < classNames.length
  const who = tied ? name : `${name}, which no label named`
  if (members.length === 0) return `${who}: wins none of ${count(pictures)} pictures`
  const mix = classes.slice(0, 3).map(({ label, count: some }) => `${percent(some / members.length)} ${classNames[label]}`).join(', ')
  return `${who}: wins ${count(members.length)} of ${count(pictures)} pictures, ${percent(usage)}; of these ${mix}; sharpness ${decimal(sharpness)}`
}
