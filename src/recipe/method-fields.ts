import { choice, number } from './field'

const clustering = ['suave', 'daino'] as const

/** What turns views into targets, and targets into a loss. */
export const methodFields = {
  method: choice(
    { suave: 'Suave', daino: 'Daino', supervised: 'Supervised' },
    {
      label: 'Method',
      group: 'method',
      explanation:
        'Suave balances each batch over the prototypes (Sinkhorn-Knopp). Daino follows a slow teacher. Supervised sees the labelled pictures alone: the line to beat.',
    },
  ),
  epsilon: number({
    label: 'Epsilon', symbol: 'ε', group: 'method', methods: ['suave'], live: true,
    explanation:
      'Sharpness of the Sinkhorn assignments: small gives hard ones, large soft ones. At or above τ the clusters dissolve.',
    minimum: 0.01, maximum: 1, default: 0.05, step: 0.001, scale: 'log',
  }),
  sinkhornIterations: number({
    label: 'Sinkhorn iterations', group: 'method', methods: ['suave'], live: true,
    explanation: 'How often prototypes and samples are balanced in turn. Three come close to equal prototypes.',
    minimum: 1, maximum: 20, default: 3, step: 1, whole: true,
  }),
  teacherTemperature: number({
    label: 'Teacher temperature', symbol: 'τₜ', group: 'method', methods: ['daino'], live: true,
    explanation: 'Sharpness of the teacher after its warm-up. Near τ the targets go flat and everything collapses to uniform.',
    minimum: 0.01, maximum: 1, default: 0.07, step: 0.001, scale: 'log',
  }),
  centreMomentum: number({
    label: 'Centre momentum', group: 'method', methods: ['daino'], live: true,
    explanation: 'How slowly the running mean of the teacher’s scores, which is taken off them, follows. At 1 it stands still and one prototype may take everything.',
    minimum: 0, maximum: 1, default: 0.9, step: 0.005,
  }),
  emaMomentum: number({
    label: 'Teacher momentum', group: 'method', methods: ['daino'], live: true,
    explanation: 'How slowly the teacher follows the student, rising to 1 by a cosine. Short runs need a teacher that follows fast.',
    minimum: 0, maximum: 1, default: 0.95, step: 0.005,
  }),
  temperature: number({
    label: 'Temperature', symbol: 'τ', group: 'method', live: true,
    explanation: 'Sharpness of the student’s predictions. Keep it above ε (or the teacher temperature): targets must be sharper than predictions.',
    minimum: 0.02, maximum: 1, default: 0.1, step: 0.001, scale: 'log',
  }),
  labelledWeighting: choice(
    { fixed: 'Fixed weight', rows: 'Row counts' },
    {
      label: 'Weight of labels', group: 'method', methods: clustering,
      explanation: 'Row counts weigh the labelled part by its share of the rows in a batch, as the paper does. A fixed weight suits short runs.',
    },
  ),
  labelledWeight: number({
    label: 'Labelled weight', group: 'method', methods: clustering, live: true,
    explanation: 'Share of the loss that the labelled pictures have when the weight is fixed; the unlabelled ones have the rest.',
    minimum: 0, maximum: 1, default: 0.4, step: 0.01,
  }),
  labelSmoothing: number({
    label: 'Label smoothing', group: 'method', live: true,
    explanation: 'Share of a label that is spread evenly over all prototypes.',
    minimum: 0, maximum: 0.5, default: 0.01, step: 0.005,
  }),
  sparePrototypes: number({
    label: 'Spare prototypes', group: 'method', methods: clustering,
    explanation: 'Prototypes beyond one for each class. They can hold what no label names.',
    minimum: 0, maximum: 200, default: 0, step: 1, whole: true,
  }),
  queueLength: number({
    label: 'Queue', group: 'method', methods: ['suave'], unit: 'features',
    explanation: 'Earlier features that join the batch when it is balanced, for batches that are small beside the prototypes. 0 switches it off.',
    minimum: 0, maximum: 3_840, default: 0, step: 32, whole: true,
  }),
  teacherTemperatureStart: number({
    label: 'Teacher temperature at the start', group: 'method', methods: ['daino'],
    explanation: 'Where the teacher’s warm-up begins: sharper than later, so that the first steps do not collapse.',
    minimum: 0.01, maximum: 1, default: 0.04, step: 0.001, scale: 'log',
  }),
  teacherTemperatureWarmup: number({
    label: 'Teacher warm-up', group: 'method', methods: ['daino'], unit: 'steps',
    explanation: 'Steps over which the teacher temperature rises from its start to its value.',
    minimum: 0, maximum: 20_000, default: 300, step: 10, whole: true,
  }),
}
