export {
  blockGradients, blockSquares, blockSums, gradientCoefficients, inputGradient, joinBlocks, normalise, scaleAndShift,
} from './batch-norm'
export { sumOverTaps } from './convolution'
export { filterGradient } from './filter-gradient'
