import { labelsNamePrototypes } from '../recipe/naming'
import { fieldOf } from '../recipe/recipe'
import { NUMBERS, type CellResult } from './cell'

export interface Summary {
  method: string
  labelsPerClass: number
  measure: (typeof NUMBERS)[number]
  mean: number
  /** Of a sample; absent for a single run. */
  deviation?: number
  runs: number
}

const TITLES: Record<Summary['measure'], string> = {
  testAccuracy: 'Test accuracy',
  studentAccuracy: 'Student',
  teacherAccuracy: 'Teacher',
  clusterAccuracy: 'Cluster accuracy (best one-to-one naming of the prototypes)',
  neighbourAccuracy: 'Weighted 20 nearest neighbours, all training labels',
  backboneProbeAccuracy: 'Linear probe along the way, encoder',
  projectorProbeAccuracy: 'Linear probe along the way, projector’s first layer',
  linearProbeAccuracy: 'Linear probe at the end, all training labels',
}

/** Mean and deviation over the seeds, of the last evaluation of every run that came to its end. */
export function summarise(results: readonly CellResult[]): Summary[] {
  return NUMBERS.flatMap((measure) => groupsOf(results).flatMap(({ method, labelsPerClass, cells }): Summary[] => {
    const values = cells.flatMap(({ evaluations, failure }) => (failure === undefined ? evaluations.at(-1)?.[measure] ?? [] : []))
    if (values.length === 0) return []
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
    const deviation = values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : undefined
    return [{ method, labelsPerClass, measure, mean, ...(deviation !== undefined && { deviation }), runs: values.length }]
  }))
}

/** A table for each measure: methods down, labels across; then why runs stopped, if any did. */
export function markdownOf(results: readonly CellResult[]): string {
  const summaries = summarise(results)
  const [methods, labels] = [distinct(results.map(({ recipe }) => recipe.method)), distinct(results.map(({ recipe }) => recipe.labelsPerClass))]
  const measured = (measure: Summary['measure']) => summaries.some((summary) => summary.measure === measure)
  // Without a teacher the student’s accuracy is the test accuracy.
  const shown = NUMBERS.filter((measure) => measured(measure === 'studentAccuracy' ? 'teacherAccuracy' : measure))
  // What sees no label stands with the same number under each count.
  const found = (measure: Summary['measure'], method: string, count: number) => summaries.find((summary) =>
    summary.measure === measure && summary.method === method && (summary.labelsPerClass === count || !labelsNamePrototypes(method)))
  const tables = shown.map((measure) => [
    `## ${TITLES[measure]}`,
    '',
    `| method | ${labels.map((count) => `${count} ${count === 1 ? 'label' : 'labels'} a class`).join(' | ')} |`,
    `| --- |${labels.map(() => ' --- |').join('')}`,
    ...methods.map((method) => `| ${labelOf(method)} | ${labels.map((count) => share(found(measure, method, count))).join(' | ')} |`),
  ].join('\n'))
  const failures = results.flatMap(({ recipe, failure }) =>
    (failure === undefined ? [] : [`- ${labelOf(recipe.method)}, ${recipe.labelsPerClass} labels a class, seed ${recipe.seed}: ${failure}`]))
  const stopped = failures.length > 0 ? [`## Stopped\n\n${failures.join('\n')}`] : []
  const nameless = methods.filter((method) => !labelsNamePrototypes(method)).map(labelOf)
  const note = 'Mean ± deviation over the seeds, in per cent, of the last evaluation; in brackets how many runs. Each run’s recipe is in table.json.'
    + (nameless.length > 0 ? ` No label names the prototypes of ${nameless.join(' and ')}: their test accuracy is the cluster accuracy.` : '')
    + (nameless.length > 0 && labels.length > 1 ? ' Their runs stand under every number of labels.' : '')
  return ['# Comparison', note, ...tables, ...stopped].join('\n\n') + '\n'
}

export function csvOf(results: readonly CellResult[]): string {
  const rows = summarise(results).map(({ method, labelsPerClass, measure, mean, deviation, runs }) =>
    [method, labelsPerClass, measure, mean, deviation ?? '', runs].join(','))
  return ['method,labelsPerClass,measure,mean,deviation,runs', ...rows].join('\n') + '\n'
}

/** Every summary and every run with its recipe. */
export function jsonOf(results: readonly CellResult[]): string {
  return JSON.stringify({ summary: summarise(results), runs: results }, undefined, 2) + '\n'
}

function groupsOf(results: readonly CellResult[]) {
  const groups = new Map<string, { method: string; labelsPerClass: number; cells: CellResult[] }>()
  for (const cell of results) {
    const { method, labelsPerClass } = cell.recipe
    const key = `${method} ${labelsPerClass}`
    const group = groups.get(key) ?? { method, labelsPerClass, cells: [] }
    group.cells.push(cell)
    groups.set(key, group)
  }
  return [...groups.values()]
}

function share(summary: Summary | undefined): string {
  if (!summary) return '–'
  const { mean, deviation, runs } = summary
  const percent = (value: number) => (value * 100).toFixed(1)
  return `${percent(mean)}${deviation === undefined ? '' : ` ± ${percent(deviation)}`} (${runs})`
}

function labelOf(method: string): string {
  const field = fieldOf('method')
  return (field.kind === 'choice' && field.options.find(({ value }) => value === method)?.label) || method
}

function distinct<Value>(values: Value[]): Value[] {
  return [...new Set(values)]
}
