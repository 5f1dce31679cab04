import { choice, CLUSTERING, number, type FieldText } from './field'

const sinkhorn = ['suave', 'swav'] as const
const centred = ['daino', 'dino'] as const
const semiSupervised = ['suave', 'daino'] as const
const selfSupervised = ['swav', 'dino'] as const

const balanced: FieldText['when'] = ({ balancing }) => balancing === 'on'
const hasTeacher: FieldText['when'] = ({ method, targetNetwork }) =>
  targetNetwork === 'teacher' || (targetNetwork === 'own' && centred.some((name) => name === method))

/** What turns views into targets, and targets into a loss. */
export const methodFields = {
  method: choice(
    { suave: 'Suave', daino: 'Daino', swav: 'SwAV', dino: 'DINO', paws: 'PAWS', s4l: 'S4L', supervised: 'Supervised' },
    {
      label: 'Method',
      group: 'method',
      explanation:
        'Suave balances each batch over the prototypes (Sinkhorn-Knopp); Daino follows a slow teacher. SwAV and DINO are the same without a label. PAWS lets labelled pictures vote, S4L guesses rotations beside the classes. Supervised sees the labelled pictures alone: the line to beat.',
    },
  ),
  epsilon: number({
    label: 'Epsilon', symbol: 'ε', group: 'method', methods: sinkhorn, live: true,
    explanation:
      'Sharpness of the Sinkhorn assignments: small gives hard ones, large soft ones. At or above τ the clusters dissolve.',
    minimum: 0.01, maximum: 1, default: 0.05, step: 0.001, scale: 'log',
  }),
  sinkhornIterations: number({
    label: 'Sinkhorn iterations', group: 'method', methods: sinkhorn, live: true, when: balanced,
    explanation: 'How often prototypes and samples are balanced in turn. Three come close to equal prototypes.',
    minimum: 1, maximum: 20, default: 3, step: 1, whole: true,
  }),
  balancing: choice(
    { on: 'Balanced', off: 'Plain softmax' },
    {
      label: 'Targets', group: 'method', methods: CLUSTERING, live: true,
      explanation:
        'Suave and SwAV balance targets by Sinkhorn, Daino and DINO by centring. With a plain softmax nothing keeps the prototypes apart, and one may take everything.',
    },
  ),
  teacherTemperature: number({
    label: 'Teacher temperature', symbol: 'τₜ', group: 'method', methods: centred, live: true,
    explanation: 'Sharpness of the teacher after its warm-up; short runs want it sharp. Near τ the targets go flat and everything collapses to uniform.',
    minimum: 0.01, maximum: 1, default: 0.05, step: 0.001, scale: 'log',
  }),
  centreMomentum: number({
    label: 'Centre momentum', group: 'method', methods: centred, live: true, when: balanced,
    explanation: 'How slowly the running mean of the teacher’s scores, which is taken off them, follows. At 1 it stands still and one prototype may take everything.',
    minimum: 0, maximum: 1, default: 0.9, step: 0.005,
  }),
  emaMomentum: number({
    label: 'Teacher momentum', group: 'method', methods: CLUSTERING, live: true, when: hasTeacher,
    explanation: 'How slowly a teacher follows the student, rising to 1 by a cosine. Short runs need a teacher that follows fast.',
    minimum: 0, maximum: 1, default: 0.9, step: 0.005,
  }),
  temperature: number({
    label: 'Temperature', symbol: 'τ', group: 'method', live: true,
    explanation: 'Sharpness of the student’s predictions. Keep it above ε (or the teacher temperature): targets must be sharper than predictions.',
    minimum: 0.02, maximum: 1, default: 0.1, step: 0.001, scale: 'log',
  }),
  sharpening: number({
    label: 'Sharpening', symbol: 'T', group: 'method', methods: ['paws'], live: true,
    explanation: 'Temperature at which the votes of the supports become targets. At 1 nothing is sharpened and everything may go uniform.',
    minimum: 0.05, maximum: 1, default: 0.25, step: 0.01,
  }),
  meanEntropyWeight: number({
    label: 'Mean entropy weight', group: 'method', methods: ['paws'], live: true,
    explanation: 'Pull towards classes that are predicted equally often on average (me-max). Without it classes may merge.',
    minimum: 0, maximum: 5, default: 1, step: 0.05,
  }),
  rotationWeight: number({
    label: 'Rotation weight', symbol: 'w', group: 'method', methods: ['s4l'], live: true,
    explanation: 'Weight of guessing by how many quarter turns a picture was rotated. At 0 only the labels teach.',
    minimum: 0, maximum: 5, default: 1, step: 0.05,
  }),
  labelledWeighting: choice(
    { fixed: 'Fixed weight', rows: 'Row counts' },
    {
      label: 'Weight of labels', group: 'method', methods: semiSupervised,
      explanation: 'Row counts weigh the labelled part by its share of the rows in a batch, as the paper does. A fixed weight suits short runs.',
    },
  ),
  labelledWeight: number({
    label: 'Labelled weight', group: 'method', methods: semiSupervised, live: true, when: ({ labelledWeighting }) => labelledWeighting === 'fixed',
    explanation: 'Share of the loss that the labelled pictures have when the weight is fixed; the unlabelled ones have the rest.',
    minimum: 0, maximum: 1, default: 0.4, step: 0.01,
  }),
  labelSmoothing: number({
    label: 'Label smoothing', group: 'method', methods: ['suave', 'daino', 's4l', 'supervised'], live: true,
    explanation: 'Share of a label that is spread evenly over all prototypes.',
    minimum: 0, maximum: 0.5, default: 0.01, step: 0.005,
  }),
  sparePrototypes: number({
    label: 'Spare prototypes', group: 'method', methods: semiSupervised,
    explanation: 'Prototypes beyond one for each class. They can hold what no label names.',
    minimum: 0, maximum: 200, default: 0, step: 1, whole: true,
  }),
  prototypes: number({
    label: 'Prototypes', symbol: 'K', group: 'method', methods: selfSupervised,
    explanation: 'How many clusters to look for. No label names them, so there may be more or fewer than classes; some ten for each class suit small runs.',
    minimum: 2, maximum: 3_000, default: 100, step: 1, scale: 'log', whole: true,
  }),
  frozenPrototypes: number({
    label: 'Prototypes frozen for', group: 'method', methods: CLUSTERING, unit: 'steps',
    explanation: 'First steps in which the prototypes stand still while the features settle; SwAV takes one epoch.',
    minimum: 0, maximum: 10_000, default: 0, step: 10, whole: true,
  }),
  targetNetwork: choice(
    { own: 'As published', teacher: 'Slow teacher', student: 'Student' },
    {
      label: 'Targets come from', group: 'method', methods: CLUSTERING,
      explanation: 'Published: the student itself for Suave and SwAV, a slow teacher for Daino and DINO. Centring alone does not save a student from its own targets.',
    },
  ),
  labelledMixing: choice(
    { none: 'None', mixup: 'MixUp', cutmix: 'CutMix', both: 'Both' },
    {
      label: 'Mixed labelled pictures', group: 'method', methods: ['suave', 'daino', 'supervised'],
      explanation: 'Adds to the labelled batch the same pictures mixed in pairs, and mixes their labels alike. Both takes turns by chance.',
    },
  ),
  unlabelledMixing: choice(
    { none: 'None', mixup: 'MixUp', cutmix: 'CutMix', both: 'Both' },
    {
      label: 'Mixed unlabelled pictures', group: 'method', methods: CLUSTERING,
      explanation: 'Adds a view that mixes two global views of different pictures; its target mixes their assignments alike.',
    },
  ),
  supportsPerClass: number({
    label: 'Supports per class', group: 'method', methods: ['paws'], unit: 'pictures',
    explanation: 'Labelled pictures of each class that vote in a step, the same number of every class.',
    minimum: 1, maximum: 128, default: 6, step: 1, scale: 'log', whole: true,
  }),
  supportSmoothing: number({
    label: 'Support smoothing', group: 'method', methods: ['paws'], live: true,
    explanation: 'Share of a support’s label that is spread evenly over all classes.',
    minimum: 0, maximum: 0.5, default: 0.1, step: 0.005,
  }),
  queueLength: number({
    label: 'Queue', group: 'method', methods: sinkhorn, unit: 'features', when: balanced,
    explanation: 'Earlier features that join the batch when it is balanced, for batches that are small beside the prototypes. 0 switches it off.',
    minimum: 0, maximum: 3_840, default: 0, step: 32, whole: true,
  }),
  queueFrom: number({
    label: 'Queue from step', group: 'method', methods: sinkhorn, when: (recipe) => balanced(recipe) && recipe.queueLength !== 0,
    explanation: 'The step from which features are queued. While features still move fast, old ones mislead; the queue joins once it is full.',
    minimum: 0, maximum: 100_000, default: 0, step: 50, whole: true,
  }),
  teacherTemperatureStart: number({
    label: 'Teacher temperature at the start', group: 'method', methods: centred, when: ({ teacherTemperatureWarmup }) => teacherTemperatureWarmup !== 0,
    explanation: 'Where the teacher’s warm-up begins: sharper than later, so that the first steps do not collapse.',
    minimum: 0.01, maximum: 1, default: 0.04, step: 0.001, scale: 'log',
  }),
  teacherTemperatureWarmup: number({
    label: 'Teacher warm-up', group: 'method', methods: centred, unit: 'steps',
    explanation: 'Steps over which the teacher temperature rises from its start to its value.',
    minimum: 0, maximum: 20_000, default: 300, step: 10, whole: true,
  }),
}
