/** The arithmetic of assignments, for the views that show it. */
export {
  centred, columnSums, crossEntropy, divergence, entropy, matrix, rowOf, rowSums, sinkhornMoments, softmaxRows,
  type Matrix, type SinkhornMoment,
} from '../methods/by-hand'
