import { labelsOf, type LabelPool, type Labels } from '../data/labels'
import { readLabelEdits, writeLabelEdits } from '../recipe/label-edits'
import { differences, fieldOf, LABEL_FIELDS, type Recipe } from '../recipe/recipe'

export { labelsOf }
export type { LabelPool, Labels }

/**
 * The edits, as the recipe’s text, that make exactly the pictures at `wanted` labelled. What the form says of pictures
 * that it leaves out of the run at present stays.
 */
export function editsToReach(wanted: ReadonlySet<number>, pool: LabelPool, form: Recipe): string {
  const seeded = new Set(labelsOf(pool, { ...form, labels: '' }).labelled)
  const before = readLabelEdits(form.labels)
  const here = new Set(pool.origins)
  const originsOf = (positions: Iterable<number>, left: ReadonlySet<number>, elsewhere: ReadonlySet<number>) => new Set([
    ...[...positions].filter((position) => !left.has(position)).map((position) => pool.origins[position]!),
    ...[...elsewhere].filter((origin) => !here.has(origin)),
  ])
  return writeLabelEdits({ given: originsOf(wanted, seeded, before.given), taken: originsOf(seeded, wanted, before.taken) })
}

/** Whether two recipes train on the same pictures in the same places, whatever their labels. */
export function haveSamePictures(one: Recipe, other: Recipe): boolean {
  return differences(one, other).every((name) =>
    (fieldOf(name).group !== 'pictures' && name !== 'seed') || LABEL_FIELDS.some((field) => field === name))
}

/** Whether the same number means the same picture to both: Shapes are drawn anew from every seed. */
export function haveSameSource(one: Recipe, other: Recipe): boolean {
  return one.dataset === other.dataset && (one.dataset !== 'shapes' || one.seed === other.seed)
}
