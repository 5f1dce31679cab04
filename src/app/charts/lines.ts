import { ASSIGNING, type MethodName } from '../../recipe/field'
import type { Recipe } from '../../recipe/recipe'
import type { ColumnName } from '../../state/series'

export interface ChartLine {
  column: ColumnName
  label: string
  /** What the line shows, where its label is short. */
  meaning?: string
  colour: string
  /** Lines differ by their dashes too, for eyes that do not tell the colours apart. */
  dash?: string
}

export interface ChartDescription {
  title: string
  lines: readonly ChartLine[]
  /** Shares are written as percentages and reach from 0 to 1 at most. */
  unit: 'nats' | 'share'
  /** Where the lines leave room for the labels of marks. */
  room: 'Top' | 'Bottom'
}

const UNLABELLED = 'var(--line-blue)'

export function lossChart(method: MethodName): ChartDescription {
  const total: ChartLine = { column: 'loss', label: 'total', colour: 'var(--ink)' }
  const labelled: ChartLine = { column: 'labelledLoss', label: 'labelled', colour: 'var(--amber-ink)', dash: '2 3' }
  const unlabelled: ChartLine = { column: 'unlabelledLoss', label: 'unlabelled', colour: UNLABELLED, dash: '7 3' }
  const evenness: ChartLine = {
    column: 'meanEntropyLoss', label: 'mean', meaning: 'minus the entropy of the mean prediction',
    colour: 'var(--line-purple)', dash: '2 3',
  }
  const rotation: ChartLine = { column: 'rotationLoss', label: 'rotation', colour: UNLABELLED, dash: '7 3' }
  return {
    title: 'Loss',
    lines: {
      suave: [total, unlabelled, labelled], daino: [total, unlabelled, labelled],
      swav: [total], dino: [total],
      paws: [total, unlabelled, evenness], s4l: [total, rotation, labelled], supervised: [total, labelled],
    }[method],
    unit: 'nats',
    room: 'Top',
  }
}

/** What is measured of a run beside its accuracy, as its recipe asks. */
export type Asked = Pick<Recipe, 'neighbourAccuracy' | 'probes' | 'finalProbe'>

const NOTHING: Asked = { neighbourAccuracy: 'off', probes: 'off', finalProbe: 'off' }

export function accuracyChart(method: MethodName, asked = NOTHING): ChartDescription {
  const test: ChartLine = { column: 'testAccuracy', label: 'test', colour: 'var(--accent)' }
  const pseudo: ChartLine = {
    column: 'pseudoLabelAccuracy', label: 'pseudo-label', meaning: 'share of the assignments that lean towards the true class',
    colour: 'var(--muted)', dash: '2 3',
  }
  const teacher: ChartLine = { column: 'teacherAccuracy', label: 'teacher', colour: 'var(--accent)' }
  const student: ChartLine = { column: 'studentAccuracy', label: 'student', colour: 'var(--line-blue)', dash: '7 3' }
  // No label names a prototype of SwAV or DINO: they are read under the naming of the clusters that fits best.
  const unnamed = (line: ChartLine): ChartLine => ({ ...line, label: `${line.label}, by clusters`, meaning: CLUSTERS })
  const clusters: ChartLine = {
    column: 'clusterAccuracy', label: 'clusters', meaning: CLUSTERS, colour: 'var(--line-purple)', dash: '1 3',
  }
  const lines: Record<MethodName, ChartLine[]> = {
    suave: [test, clusters, pseudo], daino: [teacher, student, clusters, { ...pseudo, label: 'pseudo' }],
    swav: [unnamed(test)], dino: [unnamed(teacher), student], paws: [test, pseudo], s4l: [test], supervised: [test],
  }
  return { title: 'Accuracy', lines: [...lines[method], ...measuredLines(asked)], unit: 'share', room: 'Top' }
}

const CLUSTERS = 'test pictures that are right under the one-to-one naming of the prototypes that fits best'

/** The features’ worth without prototypes, where it is measured. */
function measuredLines({ neighbourAccuracy, probes, finalProbe }: Asked): ChartLine[] {
  const neighbours: ChartLine = {
    column: 'neighbourAccuracy', label: 'neighbours', meaning: 'test pictures that their 20 nearest training pictures name rightly',
    colour: 'var(--line-vermilion)', dash: '7 3',
  }
  const encoder: ChartLine = {
    column: 'backboneProbeAccuracy', label: 'probe', meaning: 'test pictures that a linear probe of the encoder’s features names rightly',
    colour: 'var(--amber-ink)', dash: '2 3',
  }
  const projector: ChartLine = {
    column: 'projectorProbeAccuracy', label: 'projector probe', meaning: 'test pictures that a linear probe of the projector’s first layer names rightly',
    colour: 'var(--amber-ink)', dash: '7 3',
  }
  const frozen: ChartLine = {
    column: 'linearProbeAccuracy', label: 'final probe', meaning: 'test pictures that a linear classifier of the frozen features, taught with every label, names rightly',
    colour: 'var(--ink)', dash: '1 3',
  }
  return [
    ...neighbourAccuracy === 'off' ? [] : [neighbours],
    ...probes === 'off' ? [] : [encoder, projector],
    ...finalProbe === 'off' ? [] : [frozen],
  ]
}

export function entropyChart(method: MethodName): ChartDescription {
  const one: ChartLine = {
    column: 'assignmentEntropy', label: 'one q', meaning: 'mean entropy of an assignment q',
    colour: 'var(--line-vermilion)',
  }
  const mean: ChartLine = {
    column: 'meanAssignmentEntropy', label: 'mean q', meaning: 'entropy of the mean assignment q',
    colour: 'var(--line-purple)', dash: '7 3',
  }
  const prediction: ChartLine = {
    column: 'meanPredictionEntropy', label: 'mean p', meaning: 'entropy of the mean prediction p',
    colour: 'var(--line-blue)', dash: '2 3',
  }
  return { title: 'Entropy', lines: ASSIGNING.includes(method) ? [one, mean, prediction] : [], unit: 'nats', room: 'Bottom' }
}
