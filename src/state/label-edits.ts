import { labelsOf, type LabelPool, type Labels } from '../data/labels'
import { writeLabelEdits } from '../recipe/label-edits'
import { differences, fieldOf, LABEL_FIELDS, type Recipe } from '../recipe/recipe'

export { labelsOf }
export type { LabelPool, Labels }

/** The edits, as the recipe’s text, that make exactly the pictures at `wanted` labelled. */
export function editsToReach(wanted: ReadonlySet<number>, pool: LabelPool, form: Recipe): string {
  const seeded = new Set(labelsOf(pool, { ...form, labels: '' }).labelled)
  const originsOf = (positions: Iterable<number>, left: ReadonlySet<number>) =>
    new Set([...positions].filter((position) => !left.has(position)).map((position) => pool.origins[position]!))
  return writeLabelEdits({ given: originsOf(wanted, seeded), taken: originsOf(seeded, wanted) })
}

/** Whether two recipes train on the same pictures in the same places, whatever their labels. */
export function haveSamePictures(one: Recipe, other: Recipe): boolean {
  return differences(one, other).every((name) =>
    (fieldOf(name).group !== 'pictures' && name !== 'seed') || LABEL_FIELDS.some((field) => field === name))
}
