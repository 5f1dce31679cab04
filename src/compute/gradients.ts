// The gradients stand on the whole of tfjs, which has to be there first.
import '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-core/dist/register_all_gradients.js'
import { spreadReductionGradients } from './reduction-gradients'

spreadReductionGradients()
