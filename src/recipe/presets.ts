import { DEFAULT_RECIPE, FIELD_NAMES, fieldOf, type Changes, type Recipe } from './recipe'

export interface Preset {
  id: string
  label: string
  explanation: string
  changes: Changes
}

/** Named starting points: changes laid over the defaults, so that a run keeps its data and labels. */
export const PRESETS: readonly Preset[] = [
  {
    id: 'balanced',
    label: 'Balanced',
    explanation: 'ResNet-8 with large batches: the defaults.',
    changes: {},
  },
  {
    id: 'quick',
    label: 'Quick look',
    explanation: 'A small network and small batches, for a processor without a GPU.',
    changes: {
      encoder: 'conv4', halving: 'pooling', width: 8, unlabelledBatch: 64, labelledBatch: 32, learningRate: 0.2, warmup: 10, steps: 400,
      labelledWeight: 0.3, cropMinimum: 0.5, labelledCropMinimum: 0.5, evaluateEvery: 50,
    },
  },
  {
    id: 'long',
    label: 'Small and long',
    explanation: 'A small network, milder crops beside small ones, and AdamW, for 4,000 steps: with these even PAWS passes what the labels alone teach.',
    changes: {
      encoder: 'conv4', width: 8, unlabelledBatch: 64, supportsPerClass: 16, cropMinimum: 0.5, labelledCropMinimum: 0.5,
      smallViews: 2, smallCropMinimum: 0.2, optimiser: 'adamw', learningRate: 0.003, weightDecay: 0.01, steps: 4_000,
    },
  },
  {
    id: 'paper',
    label: 'As in the paper',
    explanation: 'Weights by row counts, a slow and softer teacher, lighter labelled views: published constants where they fit small pictures, made for long runs.',
    changes: {
      labelledWeighting: 'rows', emaMomentum: 0.99, teacherTemperature: 0.07, cropMinimum: 0.14, jitter: 0.8,
      labelledCropMinimum: 0.08, labelledJitter: 0.4, queueLength: 1_920, smallViews: 6,
    },
  },
]

/** The preset’s recipe, keeping what `current` says about pictures, labels, method and seed. */
export function applyPreset(preset: Preset, current: Recipe): Recipe {
  const kept = FIELD_NAMES.filter((name) => fieldOf(name).group === 'pictures' || name === 'method' || name === 'seed')
  return { ...DEFAULT_RECIPE, ...preset.changes, ...Object.fromEntries(kept.map((name) => [name, current[name]])) }
}
