import { fieldOf, isUsedBy, type Changes, type FieldName, type Recipe } from '../recipe/recipe'
import type { Trouble } from './diagnosis'

/** A change that mends the run. */
export interface Cure {
  /** On its button. */
  label: string
  changes: Changes
  /** It needs a new run; else the next step obeys it. */
  restart: boolean
}

export interface Finding {
  /** Why it comes about, where the recipe shows it. */
  because?: string
  cure?: Cure
}

/** A setting that brings a trouble about, and what mends it. */
interface Cause {
  because: string
  changes: Changes
}

/** Why the trouble comes about under this recipe, and what mends it: the first cause that holds. */
export function cureOf(trouble: Trouble, recipe: Recipe, prototypes: number): Finding {
  const cause = causesOf(trouble, recipe, prototypes).find(({ changes }) => isUsed(recipe, changes) && alters(recipe, changes))
  return cause ? { because: cause.because, cure: cureBy(cause.changes, trouble) } : {}
}

function causesOf(trouble: Trouble, recipe: Recipe, prototypes: number): Cause[] {
  switch (trouble) {
    case 'diverged': return [tooFast(recipe)]
    case 'one prototype':
    case 'uneven': return [...unbalanced(recipe, prototypes), tooFast(recipe)]
    case 'uniform': return tooSoft(recipe)
    case 'not aligned': return unnamed(recipe)
  }
}

function tooFast({ learningRate }: Recipe): Cause {
  return {
    because: `The learning rate, ${learningRate}, may be too high.`,
    changes: { learningRate: rounded('learningRate', learningRate / 5) },
  }
}

/** What keeps prototypes apart, and is switched off or too weak. */
function unbalanced(recipe: Recipe, prototypes: number): Cause[] {
  const { balancing, centreMomentum, sinkhornIterations, unlabelledBatch, queueLength, meanEntropyWeight } = recipe
  const candidates: (Cause & { holds: boolean })[] = [
    { holds: balancing === 'off', because: 'Targets are not balanced.', changes: { balancing: 'on' } },
    { holds: centreMomentum > 0.99, because: 'The centre stands still.', changes: { centreMomentum: 0.9 } },
    { holds: sinkhornIterations < 3, because: 'Sinkhorn stops before it has balanced.', changes: { sinkhornIterations: 3 } },
    {
      holds: unlabelledBatch + queueLength < prototypes, because: 'The batch has fewer pictures than there are prototypes.',
      changes: { unlabelledBatch: Math.min(1_024, 2 * Math.ceil(prototypes)) },
    },
    { holds: meanEntropyWeight < 0.5, because: 'Little pulls towards all classes alike.', changes: { meanEntropyWeight: 1 } },
  ]
  return candidates.filter(({ holds, changes }) => holds && isUsed(recipe, changes))
}

/** Targets must be sharper than predictions. */
function tooSoft({ epsilon, teacherTemperature, temperature, sharpening }: Recipe): Cause[] {
  const half = temperature / 2
  const sharper = [
    { holds: epsilon > half, because: `ε is ${epsilon}, too near to τ.`, changes: { epsilon: rounded('epsilon', half) } },
    {
      holds: teacherTemperature > half, because: `The teacher’s temperature is ${teacherTemperature}, too near to τ.`,
      changes: { teacherTemperature: rounded('teacherTemperature', half) },
    },
    { holds: sharpening > 0.3, because: 'The votes are hardly sharpened.', changes: { sharpening: 0.25 } },
  ]
  return sharper.filter(({ holds }) => holds)
}

function unnamed({ labelledWeighting, labelledWeight, labelsPerClass }: Recipe): Cause[] {
  if (labelledWeighting === 'rows' || labelledWeight < 0.4) {
    const changes: Changes = labelledWeighting === 'rows' ? { labelledWeighting: 'fixed', labelledWeight: 0.4 } : { labelledWeight: 0.4 }
    return [{ because: 'Labels weigh little in the loss.', changes }]
  }
  return [{
    because: `${labelsPerClass} labels a class may be too few, or the run too young.`,
    changes: { labelsPerClass: rounded('labelsPerClass', 2 * labelsPerClass) },
  }]
}

function cureBy(changes: Changes, trouble: Trouble): Cure {
  const names = Object.keys(changes) as FieldName[]
  // What has grown beyond all bounds does not come back by itself.
  const restart = trouble === 'diverged' || names.some((name) => !fieldOf(name).live)
  const name = names[0] as FieldName
  return { label: `${restart ? 'Restart with' : 'Set'} ${settingOf(name, changes[name], restart)}`, changes, restart }
}

/** “ε to 0.05”, “learning rate 0.02” */
function settingOf(name: FieldName, value: Recipe[FieldName] | undefined, restart: boolean): string {
  const field = fieldOf(name)
  const word = field.symbol ?? `${field.label[0]?.toLowerCase()}${field.label.slice(1)}`
  const shown = field.kind === 'choice' ? `“${field.options.find((option) => option.value === value)?.label}”` : String(value)
  return restart ? `${word} ${shown}` : `${word} to ${shown}`
}

function isUsed(recipe: Recipe, changes: Changes): boolean {
  return (Object.keys(changes) as FieldName[]).every((name) => isUsedBy(name, recipe.method))
}

function alters(recipe: Recipe, changes: Changes): boolean {
  return (Object.keys(changes) as FieldName[]).some((name) => changes[name] !== recipe[name])
}

/** To the field’s step, within its range. */
function rounded(name: FieldName, value: number): number {
  const field = fieldOf(name)
  if (field.kind !== 'number') return value
  const clamped = Math.min(field.maximum, Math.max(field.minimum, Math.round(value / field.step) * field.step))
  return Number(clamped.toPrecision(6))
}
