import { choice } from './field'

/** What is measured beside the accuracy; each of these costs time, so nothing is measured unless it is asked for. */
export const measureFields = {
  neighbourAccuracy: choice(
    { off: 'Off', end: 'At the end', always: 'Each evaluation' },
    {
      label: 'Neighbour accuracy', group: 'measures',
      explanation:
        'Each test picture is named by its 20 nearest training pictures, all with their label: what the features are worth without any prototype. Encodes the whole training part.',
    },
  ),
  probes: choice(
    { off: 'Off', on: 'Along the way' },
    {
      label: 'Linear probes', group: 'measures',
      explanation:
        'Linear classifiers of the encoder’s features and of the projector’s first layer learn along, from labelled pictures (beside SwAV and DINO, which see none, from all). The network feels nothing of them.',
    },
  ),
  finalProbe: choice(
    { off: 'Off', on: 'At the end' },
    {
      label: 'Final linear probe', group: 'measures',
      explanation:
        'When the run ends, a linear classifier of the frozen encoder’s features is taught with the labels of all training pictures: how much the features hold.',
    },
  ),
}
