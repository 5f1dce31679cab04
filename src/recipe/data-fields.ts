import { choice, number } from './field'

/** Which pictures, and how many of them carry a label. */
export const dataFields = {
  dataset: choice(
    { shapes: 'Shapes', cifar10: 'CIFAR-10', cifar100: 'CIFAR-100' },
    {
      label: 'Pictures',
      group: 'pictures',
      explanation:
        'Shapes is drawn by the page and needs no network. CIFAR comes from the official archive that you drop on the page.',
    },
  ),
  trainSize: number({
    label: 'Training pictures',
    group: 'pictures',
    explanation: 'How many pictures the run may learn from, the same number of each class. Most of them stay without a label.',
    minimum: 100, maximum: 50_000, default: 5_000, step: 100, scale: 'log', whole: true,
  }),
  labelsPerClass: number({
    label: 'Labels per class',
    group: 'pictures',
    explanation: 'How many pictures of each class show their label to the learner. All others are clustered without one.',
    minimum: 1, maximum: 500, default: 4, step: 1, scale: 'log', whole: true,
  }),
  testSize: number({
    label: 'Test pictures',
    group: 'pictures',
    explanation: 'How many held-out pictures measure the accuracy. Training never sees them.',
    minimum: 50, maximum: 10_000, default: 1_000, step: 50, scale: 'log', whole: true,
  }),
}
