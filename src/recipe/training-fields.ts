import { choice, CLUSTERING, number, type FieldText } from './field'

const multiCrop = [...CLUSTERING, 'paws'] as const
const unlabelled = [...CLUSTERING, 'paws', 's4l'] as const
const labelled = ['suave', 'daino', 'paws', 's4l', 'supervised'] as const

const hasSmallViews: FieldText['when'] = ({ smallViews }) => smallViews !== 0
const isAdamW: FieldText['when'] = ({ optimiser }) => optimiser === 'adamw'

/** The encoder, the projector and the prototypes' space. */
export const networkFields = {
  encoder: choice(
    { conv4: 'Conv-4', resnet8: 'ResNet-8', resnet9: 'ResNet-9' },
    {
      label: 'Encoder', group: 'network', default: 'resnet8',
      explanation: 'Conv-4 is the quickest; ResNet-8 learns better features; ResNet-9 wants a real GPU.',
    },
  ),
  halving: choice(
    { stride: 'Stride', pooling: 'Max pooling' },
    {
      label: 'Halving', group: 'network', when: ({ encoder }) => encoder !== 'resnet9',
      explanation: 'How pictures grow smaller from stage to stage: by a convolution of every second place, or by the largest of four results. Pooling costs ResNet-8 half as much again a step, and learns more in it.',
    },
  ),
  width: number({
    label: 'Width', group: 'network', unit: 'channels',
    explanation: 'Channels of the first convolution; later ones double it. Cost grows with its square.',
    minimum: 2, maximum: 64, default: 16, step: 2, whole: true,
  }),
  projectorWidth: number({
    label: 'Projector width', group: 'network',
    explanation: 'Units of the projector’s hidden layer.',
    minimum: 8, maximum: 2_048, default: 512, step: 8, scale: 'log', whole: true,
  }),
  featureSize: number({
    label: 'Feature size', group: 'network',
    explanation: 'Dimensions of the unit sphere on which features meet prototypes.',
    minimum: 4, maximum: 512, default: 128, step: 4, scale: 'log', whole: true,
  }),
}

/** How pictures become views. */
export const viewFields = {
  cropMinimum: number({
    label: 'Smallest crop', group: 'views', methods: unlabelled,
    explanation: 'Least share of a picture that a global view shows.',
    minimum: 0.05, maximum: 1, default: 0.3, step: 0.01,
  }),
  jitter: number({
    label: 'Colour jitter', group: 'views', methods: unlabelled,
    explanation: 'Strength of the changes of brightness, contrast and saturation (and a quarter of it of hue).',
    minimum: 0, maximum: 1, default: 0.4, step: 0.05,
  }),
  grayscale: number({
    label: 'Grayscale', group: 'views', methods: unlabelled,
    explanation: 'How often a view loses its colour.',
    minimum: 0, maximum: 1, default: 0.2, step: 0.05,
  }),
  smallViews: number({
    label: 'Small views', group: 'views', methods: multiCrop,
    explanation: 'Small crops that predict the assignments of the two global views.',
    minimum: 0, maximum: 8, default: 0, step: 1, whole: true,
  }),
  smallViewSize: number({
    label: 'Small view size', group: 'views', methods: multiCrop, unit: 'pixels', when: hasSmallViews,
    explanation: 'Side of a small view.',
    minimum: 8, maximum: 24, default: 16, step: 2, whole: true,
  }),
  smallCropMinimum: number({
    label: 'Smallest small crop', group: 'views', methods: multiCrop, when: hasSmallViews,
    explanation: 'Least share of a picture that a small view shows; the most is the smallest global crop.',
    minimum: 0.02, maximum: 1, default: 0.1, step: 0.01,
  }),
  labelledCropMinimum: number({
    label: 'Smallest labelled crop', group: 'views', methods: labelled,
    explanation: 'Least share of a labelled picture that its view shows.',
    minimum: 0.05, maximum: 1, default: 0.3, step: 0.01,
  }),
  labelledJitter: number({
    label: 'Labelled colour jitter', group: 'views', methods: labelled,
    explanation: 'Colour jitter of labelled pictures. The paper keeps it lighter than that of unlabelled ones.',
    minimum: 0, maximum: 1, default: 0.4, step: 0.05,
  }),
  labelledGrayscale: number({
    label: 'Labelled grayscale', group: 'views', methods: labelled,
    explanation: 'How often a labelled view loses its colour.',
    minimum: 0, maximum: 1, default: 0.2, step: 0.05,
  }),
}

/** How the network follows the gradient. */
export const optimiserFields = {
  learningRate: number({
    label: 'Learning rate', group: 'optimiser', live: true,
    explanation: 'Peak size of a step; it warms up, then falls by a cosine.',
    minimum: 0.0001, maximum: 5, default: 0.1, step: 0.0001, scale: 'log',
  }),
  weightDecay: number({
    label: 'Weight decay', group: 'optimiser', live: true,
    explanation: 'Pull of the weights towards zero.',
    minimum: 0, maximum: 0.1, default: 0.0005, step: 0.0001,
  }),
  optimiser: choice(
    { sgd: 'SGD', adamw: 'AdamW', lars: 'LARS' },
    {
      label: 'Optimiser', group: 'optimiser',
      explanation: 'SGD with momentum suits short runs. LARS is the paper’s for Suave, AdamW for Daino.',
    },
  ),
  momentum: number({
    label: 'Momentum', group: 'optimiser', when: ({ optimiser }) => optimiser !== 'adamw',
    explanation: 'How long a gradient is remembered.',
    minimum: 0, maximum: 0.999, default: 0.9, step: 0.005,
  }),
  beta1: number({
    label: 'AdamW β₁', group: 'optimiser', when: isAdamW,
    explanation: 'Memory of the mean gradient.',
    minimum: 0, maximum: 0.999, default: 0.9, step: 0.005,
  }),
  beta2: number({
    label: 'AdamW β₂', group: 'optimiser', when: isAdamW,
    explanation: 'Memory of the squared gradient.',
    minimum: 0, maximum: 0.9999, default: 0.999, step: 0.0005,
  }),
  adamEpsilon: number({
    label: 'AdamW ε', group: 'optimiser', when: isAdamW,
    explanation: 'Guard against dividing by a gradient that is next to nothing. A large one turns AdamW towards SGD.',
    minimum: 1e-8, maximum: 0.001, default: 1e-8, step: 1e-8, scale: 'log',
  }),
  trustCoefficient: number({
    label: 'LARS trust', group: 'optimiser', when: ({ optimiser }) => optimiser === 'lars',
    explanation: 'Length of a step against the length of the weights, layer by layer.',
    minimum: 0.0001, maximum: 0.1, default: 0.001, step: 0.0001, scale: 'log',
  }),
  warmup: number({
    label: 'Warm-up', group: 'optimiser', unit: 'steps',
    explanation: 'Steps over which the learning rate rises from zero.',
    minimum: 0, maximum: 5_000, default: 50, step: 10, whole: true,
  }),
}

/** How long, how large, how often measured, from which seed. */
export const runFields = {
  steps: number({
    label: 'Steps', group: 'run',
    explanation: 'Length of the run. The schedules of learning rate and teacher end here.',
    minimum: 1, maximum: 100_000, default: 1_200, step: 50, scale: 'log', whole: true,
  }),
  unlabelledBatch: number({
    label: 'Unlabelled batch', group: 'run', methods: unlabelled, unit: 'pictures',
    explanation: 'Unlabelled pictures in a step; each gives two global views, for S4L one view in four rotations. Sinkhorn needs more pictures than prototypes.',
    minimum: 2, maximum: 1_024, default: 128, step: 2, scale: 'log', whole: true,
  }),
  labelledBatch: number({
    label: 'Labelled batch', group: 'run', methods: ['suave', 'daino', 's4l', 'supervised'], unit: 'pictures',
    explanation: 'Labelled pictures in a step.',
    minimum: 2, maximum: 1_024, default: 64, step: 2, scale: 'log', whole: true,
  }),
  metricsEvery: number({
    label: 'Read metrics every', group: 'run', unit: 'steps',
    explanation: 'Reading a number back from the GPU costs time; this is how often it happens.',
    minimum: 1, maximum: 100, default: 5, step: 1, whole: true,
  }),
  evaluateEvery: number({
    label: 'Evaluate every', group: 'run', unit: 'steps',
    explanation: 'How often the test pictures are classified.',
    minimum: 1, maximum: 5_000, default: 100, step: 10, scale: 'log', whole: true,
  }),
  seed: number({
    label: 'Seed', group: 'run',
    explanation: 'Start of every random choice: same recipe, same backend, same numbers.',
    minimum: 0, maximum: 1_000_000, default: 1, step: 1, whole: true,
  }),
}
