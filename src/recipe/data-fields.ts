import { choice, number, text } from './field'
import { areLabelEdits, LONGEST_EDITS } from './label-edits'

/** Which pictures, and how many of them carry a label. */
export const dataFields = {
  dataset: choice(
    { shapes: 'Shapes', cifar10: 'CIFAR-10', cifar100: 'CIFAR-100', own: 'Own' },
    {
      label: 'Pictures',
      group: 'pictures',
      explanation:
        'Shapes is drawn by the page and needs no network. CIFAR comes by a click from Hugging Face, or from the official archive. Own are your pictures, a folder for each class.',
    },
  ),
  classes: text({
    label: 'Classes',
    group: 'pictures',
    explanation: 'Which classes the run learns to tell apart. All others are left out, with their pictures.',
    maximum: 8_000,
    empty: 'all',
  }),
  cifar100Labels: choice(
    { fine: '100 fine', coarse: '20 coarse' },
    {
      label: 'Labels of CIFAR-100',
      group: 'pictures',
      datasets: ['cifar100'],
      explanation: 'The fine labels name a hundred kinds of things; the coarse ones put five of those each into one family.',
    },
  ),
  meaning: choice(
    { texture: 'Texture', form: 'Form' },
    {
      label: 'Labels of Shapes name',
      group: 'pictures',
      datasets: ['shapes'],
      explanation:
        'Every shape has a form and a texture, independent of each other. Clusters follow the easier one by themselves; a few labels turn them to the other.',
    },
  ),
  difficulty: number({
    label: 'Difficulty of Shapes',
    group: 'pictures',
    datasets: ['shapes'],
    explanation: 'At 0 shapes are large, clear and upright; at 1 small, faint and turned, amid clutter.',
    minimum: 0, maximum: 1, default: 0.15, step: 0.05,
  }),
  trainSize: number({
    label: 'Training pictures',
    group: 'pictures',
    explanation: 'How many pictures the run may learn from, the same number of each class. Most of them stay without a label.',
    minimum: 8, maximum: 50_000, default: 5_000, step: 100, scale: 'log', whole: true,
  }),
  labelsPerClass: number({
    label: 'Labels per class',
    group: 'pictures',
    live: true,
    explanation: 'How many pictures of each class show their label to the learner. All others are clustered without one.',
    minimum: 1, maximum: 500, default: 4, step: 1, scale: 'log', whole: true,
  }),
  labels: text({
    label: 'Labels by hand',
    group: 'pictures',
    live: true,
    explanation: 'Labels that were given or taken by hand, beside those that the seed gives. The view “Labels” writes it.',
    maximum: LONGEST_EDITS,
    empty: 'none',
    grammar: { accepts: areLabelEdits, cure: 'give labels in the view “Labels”, which writes this text, or leave it empty.' },
  }),
  labelNoise: number({
    label: 'Wrong labels',
    group: 'pictures',
    live: true,
    explanation: 'Share of the labels that name a wrong class. The accuracy is still measured against the true ones.',
    minimum: 0, maximum: 0.9, default: 0, step: 0.05,
  }),
  imbalance: number({
    label: 'Class imbalance',
    group: 'pictures',
    explanation:
      'How many times more training pictures the first class has than the last; those between fall off evenly in proportion.',
    minimum: 1, maximum: 100, default: 1, step: 1, scale: 'log', whole: true,
  }),
  testSize: number({
    label: 'Test pictures',
    group: 'pictures',
    explanation: 'How many held-out pictures measure the accuracy. Training never sees them.',
    minimum: 2, maximum: 10_000, default: 1_000, step: 50, scale: 'log', whole: true,
  }),
}
