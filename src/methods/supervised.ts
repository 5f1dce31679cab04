import { mean, type Scalar } from '@tensorflow/tfjs-core'
import { crossEntropy } from '../compute/cross-entropy'
import { smoothed } from './losses'
import type { Method } from './method'

/** Labelled pictures alone, the same network and prototypes: what the unlabelled pictures are worth shows beside it. */
export function createSupervised(): Method {
  return {
    wanted: { labelled: 'batch', globals: 0, small: false, mixing: true },
    loss(student, { full, labels }, { temperature, labelSmoothing }) {
      const scores = student.scores(student.project([full], 'batch'))
      const loss = mean(crossEntropy(scores, smoothed(labels, labelSmoothing), temperature)) as Scalar
      return { losses: { loss, labelledLoss: loss } }
    },
    afterStep() {},
    dispose() {},
  }
}
