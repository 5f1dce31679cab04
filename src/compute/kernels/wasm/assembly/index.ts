export { inputGradient, moments, normalise, parameterGradients } from './batch-norm'
export { sumOverTaps } from './convolution'
export { filterGradient } from './filter-gradient'
