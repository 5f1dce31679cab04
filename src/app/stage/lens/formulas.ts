import type { Recipe } from '../../../recipe/recipe'
import { hasTeacher, type LensStage } from '../../../state/lens-slice'
import type { LensStep } from '../../../state/looks'
import type { ForwardRows } from '../../../state/pictures'
import { texName } from '../../widgets/equation'

/** What a stage does, and its formula in symbols and with this step’s numbers. */
export interface StageText {
  title: string
  sentence: string
  symbols: string
  numbers?: string
}

/** What the texts speak of: a step, the recipe at it, one picture of its batch, and the prototypes’ names. */
export interface Subject {
  step: LensStep | undefined
  recipe: Recipe
  /** Index among the rows under the lens. */
  picture: number
  nameOf: (prototype: number) => string
}

export const TITLES: Record<LensStage, string> = {
  augment: 'Augment', encode: 'Encode', score: 'Score', assign: 'Assign', compare: 'Compare', step: 'Step', average: 'EMA',
}

export function textOf(stage: LensStage, subject: Subject): StageText {
  return { title: TITLES[stage], ...TEXTS[stage](subject) }
}

type Text = Omit<StageText, 'title'>

const CUT_TWICE = [
  'Every picture is cut, flipped and recoloured twice by chance: two views of one thing. A labelled picture gives one.',
  '\\tilde x_1 = t_1(x),\\quad \\tilde x_2 = t_2(x),\\quad t_1, t_2\\sim\\mathcal T',
] as const
const CUT_ONCE = '\\tilde x = t(x),\\; t\\sim\\mathcal T'
/** What is cut, in words and symbols, where a picture does not give two views. */
const CUTS: { readonly [Method in Recipe['method']]?: readonly [sentence: string, symbols: string] } = {
  supervised: ['Every labelled picture is cut, flipped and recoloured by chance.', CUT_ONCE],
  s4l: ['Every picture is cut, flipped and recoloured once by chance; the network sees it in four quarter turns.', CUT_ONCE],
}

const TEXTS: Record<LensStage, (subject: Subject) => Text> = {
  augment: ({ recipe }) => {
    const [sentence, symbols] = CUTS[recipe.method] ?? CUT_TWICE
    const { crop, jitter, grey } = recipe.method === 'supervised'
      ? { crop: recipe.labelledCropMinimum, jitter: recipe.labelledJitter, grey: recipe.labelledGrayscale }
      : { crop: recipe.cropMinimum, jitter: recipe.jitter, grey: recipe.grayscale }
    return {
      sentence, symbols,
      numbers: `\\text{crop}\\ge ${percentage(crop)},\\quad \\text{jitter } ${jitter},\\quad \\text{grey in } ${percentage(grey)}`,
    }
  },

  encode: (subject) => {
    const rows = shownRows(subject)
    const size = subject.step?.stages.forward?.featureSize
    const z = rows && size ? [...rowOf(rows.features, subject.picture, size)] : undefined
    return {
      sentence: 'Encoder f and projector h turn each view into a feature z on the unit sphere. Blue is below zero, red above.',
      symbols: 'z = \\frac{h(f(\\tilde x))}{\\lVert h(f(\\tilde x))\\rVert_2}',
      numbers: z && `z_1 = (${z.slice(0, 3).map(fixed).join(',\\,')},\\dots)\\in\\mathbb R^{${size}},\\quad \\lVert z_1\\rVert = ${fixed(Math.hypot(...z))}`,
    }
  },

  score: (subject) => {
    const scores = valuesOf(subject, 'scores')
    return {
      sentence: 'A feature’s cosine with each prototype w says how near it is: 1 the same direction, −1 the opposite.',
      symbols: 's_k = z^{\\top} w_k',
      numbers: scores && best(scores).slice(0, 3).map((k) => `s_{${texName(subject.nameOf(k))}} = ${fixed(scores[k]!)}`).join(',\\quad '),
    }
  },

  assign: (subject) => (isCentring(subject.recipe) ? assignByCentring(subject) : assignBySinkhorn(subject)),

  compare: (subject) => {
    const { recipe, step } = subject
    const alone = step?.stages.forward ? !step.stages.forward.second : recipe.method === 'supervised'
    const rows = alone ? step?.stages.forward?.labelled : step?.stages.forward?.second
    const loss = rows?.losses[subject.picture]
    const total = step?.stages.forward?.loss
    const numbers = loss !== undefined && total !== undefined
      ? `\\tau = ${recipe.temperature},\\quad \\ell = ${fixed(loss)},\\quad \\mathcal L_{\\text{batch}} = ${fixed(total)}`
      : undefined
    return alone
      ? {
        sentence: 'The prediction p is compared with the label: the more it disagrees, the larger the loss.',
        symbols: 'p = \\operatorname{softmax}(s/\\tau),\\quad \\ell = -\\sum_k y_k\\log p_k',
        numbers,
      }
      : {
        sentence: 'View 2 must predict what view 1 was assigned to, and the other way round; labelled views predict their label.',
        symbols: 'p^{(2)} = \\operatorname{softmax}(s^{(2)}/\\tau),\\quad \\ell = -\\sum_k q^{(1)}_k\\log p^{(2)}_k',
        numbers,
      }
  },

  step: ({ step }) => {
    const change = step?.stages.change
    return {
      sentence: 'The optimiser moves every weight θ against its gradient; then the prototypes go back to length one.',
      symbols: '\\theta\\leftarrow\\theta-\\eta\\,d(\\nabla_{\\theta}\\mathcal L)',
      numbers: change && `\\eta = ${short(change.learningRate)},\\quad \\lVert\\nabla\\rVert = ${short(Math.hypot(...change.gradients))},\\quad \\lVert\\Delta\\theta\\rVert = ${short(Math.hypot(...change.changes))}`,
    }
  },

  average: ({ step }) => {
    const average = step?.stages.average
    return {
      sentence: 'The teacher φ takes a small part of the student: it is the student’s slow average.',
      symbols: '\\varphi\\leftarrow m\\,\\varphi+(1-m)\\,\\theta',
      numbers: average && `m = ${short(average.momentum)},\\quad \\lVert\\varphi-\\theta\\rVert:\\; ${short(Math.hypot(...average.before))}\\to ${short(Math.hypot(...average.after))}`,
    }
  },
}

function assignBySinkhorn(subject: Subject): Text {
  const { recipe: { epsilon, sinkhornIterations, balancing }, nameOf } = subject
  const targets = valuesOf(subject, 'targets')
  const top = targets && best(targets)[0]!
  const values = targets && top !== undefined
    ? `q_{${texName(nameOf(top))}} = ${fixed(targets[top]!)},\\quad \\sum_k q_k = ${fixed(sum(targets))}`
    : undefined
  if (balancing === 'off') {
    return {
      sentence: 'With balancing switched off, a sharp softmax alone makes the assignments: nothing keeps the prototypes apart.',
      symbols: 'q = \\operatorname{softmax}(s/\\varepsilon)', numbers: values && `\\varepsilon = ${epsilon}:\\quad ${values}`,
    }
  }
  return {
    sentence: 'Sinkhorn balances the batch: each picture shares out one unit, and every prototype gets about as much as any other.',
    symbols: 'q_{nk} = u_n\\,e^{s_{nk}/\\varepsilon}\\,v_k,\\quad \\sum_k q_{nk} = 1,\\quad \\sum_n q_{nk}\\approx N/K',
    numbers: values && `\\varepsilon = ${epsilon},\\; ${sinkhornIterations}\\times:\\quad ${values}`,
  }
}

function assignByCentring(subject: Subject): Text {
  const { recipe: { teacherTemperature, balancing }, nameOf, step } = subject
  const targets = valuesOf(subject, 'targets')
  const taught = hasTeacher(subject.recipe)
  const judged = valuesOf(subject, taught ? 'teacherScores' : 'scores')
  const centre = step?.stages.forward?.centre
  const top = targets && best(targets)[0]!
  const isCentred = balancing === 'on'
  const tau = short(teacherTemperature)
  const above = judged && centre && top !== undefined
    ? isCentred ? `(${fixed(judged[top]!)} - ${signed(centre[top]!)})/${tau}` : `${fixed(judged[top]!)}/${tau}`
    : undefined
  const t = isCentred ? '(t_k-c_k)' : 't_k'
  const who = taught ? 'The teacher looks at the same view' : 'The student’s own scores are taken'
  return {
    sentence: isCentred
      ? `${who}; their running mean c is taken off, so that no prototype wins always, and a low temperature sharpens.`
      : `${who} and a low temperature sharpens; nothing is taken off, so one prototype may win always.`,
    symbols: `q_k = e^{${t}/\\tau_t}\\Big/\\sum_j e^{${t.replaceAll('k', 'j')}/\\tau_t}`,
    numbers: targets && top !== undefined && above ? `q_{${texName(nameOf(top))}} = e^{${above}}\\Big/\\sum_j\\cdots = ${fixed(targets[top]!)}` : undefined,
  }
}

function isCentring({ method }: Recipe): boolean {
  return method === 'daino' || method === 'dino'
}

/** The first views of the unlabelled pictures, or the labelled ones where they alone teach. */
function shownRows({ step }: Subject): ForwardRows | undefined {
  return step?.stages.forward?.first ?? step?.stages.forward?.labelled
}

function valuesOf(subject: Subject, name: 'scores' | 'targets' | 'teacherScores'): Float32Array | undefined {
  const values = shownRows(subject)?.[name]
  const forward = subject.step?.stages.forward
  return values && forward && rowOf(values, subject.picture, forward.prototypes)
}

export function rowOf(values: Float32Array, row: number, size: number): Float32Array {
  return values.subarray(row * size, (row + 1) * size)
}

/** Indices from the largest number to the smallest. */
function best(values: Float32Array): number[] {
  return [...values.keys()].toSorted((a, b) => values[b]! - values[a]!)
}

function sum(values: Float32Array): number {
  return values.reduce((total, value) => total + value, 0)
}

function fixed(value: number): string {
  return value.toFixed(2)
}

function signed(value: number): string {
  return value < 0 ? `(${fixed(value)})` : fixed(value)
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)))
}

function percentage(share: number): string {
  return `${Math.round(share * 100)}\\,\\%`
}
