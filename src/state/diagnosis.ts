import { ASSIGNING, type MethodName } from '../recipe/field'
import { cureOf, type Cure } from './cure'
import type { Recipe } from '../recipe/recipe'

/** What a run shows, each number a mean over its last few readings; absent where there is none. */
export interface Signs {
  recipe: Recipe
  step: number
  /** Training stopped because the loss was no longer a number. */
  stopped?: boolean
  prototypes?: number
  /** Entropy of the mean prediction over ln K: 1 when all prototypes are used alike. */
  usage?: number
  /** Entropy of the mean target over ln K. */
  balance?: number
  /** Entropy of one target over ln K: 1 when it is uniform. */
  softness?: number
  /** Share of the pictures that the most popular prototype wins. */
  largestShare?: number
  /** Losses over ln K: 1 is the price of guessing evenly. */
  unlabelledLoss?: number
  labelledLoss?: number
}

export const TROUBLES = ['diverged', 'one prototype', 'uniform', 'not aligned', 'uneven'] as const
export type Trouble = (typeof TROUBLES)[number]

export interface Diagnosis {
  mood: 'waiting' | 'good' | 'warning'
  title: string
  /** What is seen, and why it comes about where the recipe tells. */
  sentence: string
  trouble?: Trouble
  cure?: Cure
}

/** Before this step the numbers tell of the random start; the first marks of Shapes runs stand on firm ground after it. */
const FIRST_STEPS = 30
/** Labels need longer: in healthy runs on Shapes the labelled loss is clearly below guessing by step 60. */
const FIRST_LABELS = 100
/** Guessing evenly costs 1. Healthy runs stay below 1.1 from step 20 on; a learning rate 50 times too high gave 1.6 to 3.5. */
const DIVERGED = 1.5
/** exp(½·ln K) = √K: as if 3 of 10 prototypes were in use. */
export const COLLAPSED = 0.5
/** Below it, a quarter of ten prototypes is as good as unused. A Daino whose centre stood still came to 0.7. */
export const EVEN = 0.85
/** Targets this soft say nothing: ε or a teacher temperature of 5 τ gave 0.998, healthy runs at most 0.81. */
const UNIFORM = 0.95
/** A labelled loss this near to guessing means that the names are not learned; without labels it was 1.25 to 1.4. */
const NOT_ALIGNED = 0.95

/** What the numbers say about the run, in plain words, with the cause and a cure where the recipe has one. */
export function diagnose(signs: Signs): Diagnosis {
  const trouble = troubleOf(signs)
  if (trouble) {
    const { because, cure } = cureOf(trouble, signs.recipe, signs.prototypes ?? 0)
    const { title, sentence } = WORDS[trouble]
    return { mood: 'warning', title, sentence: because ? `${sentence} ${because}` : sentence, trouble, cure }
  }
  if (signs.step === 0) {
    return { mood: 'waiting', title: 'Ready', sentence: 'Press Train and watch the prototypes find their classes.' }
  }
  if (signs.step < FIRST_STEPS) {
    return { mood: 'waiting', title: 'Warming up', sentence: `The first ${FIRST_STEPS} steps still show the random start.` }
  }
  return { mood: 'good', title: 'Healthy', sentence: healthOf(signs.recipe.method) }
}

function troubleOf(signs: Signs): Trouble | undefined {
  const { step, recipe, stopped, usage = 1, balance = 1, softness = 0, largestShare = 0 } = signs
  if (stopped || (step >= FIRST_STEPS && (signs.unlabelledLoss ?? signs.labelledLoss ?? 0) > DIVERGED)) return 'diverged'
  if (step < FIRST_STEPS || !ASSIGNING.includes(recipe.method)) return undefined
  if (Math.min(usage, balance) < COLLAPSED || largestShare > mostOfAll(signs.prototypes)) return 'one prototype'
  if (softness > UNIFORM) return 'uniform'
  if (step >= FIRST_LABELS && (signs.labelledLoss ?? 0) > NOT_ALIGNED) return 'not aligned'
  return Math.min(usage, balance) < EVEN ? 'uneven' : undefined
}

/** Half of all pictures in one prototype; of few prototypes, twice an even share. */
function mostOfAll(prototypes = 2): number {
  return Math.max(0.5, 2 / prototypes)
}

const WORDS: Record<Trouble, { title: string; sentence: string }> = {
  diverged: { title: 'Diverged', sentence: 'The loss is worse than guessing.' },
  'one prototype': { title: 'All in one prototype', sentence: 'Most pictures go to the same prototype.' },
  uniform: { title: 'Uniform', sentence: 'Every picture is assigned to all prototypes alike.' },
  'not aligned': { title: 'Labels not yet aligned', sentence: 'Groups form, but labelled pictures are not named better than by guessing.' },
  uneven: { title: 'Uneven', sentence: 'Some prototypes win far more pictures than others.' },
}

function healthOf(method: MethodName): string {
  return ASSIGNING.includes(method)
    ? 'All prototypes are in use, and assignments take sides.'
    : 'Only the labelled pictures teach the classes: the line to beat.'
}
