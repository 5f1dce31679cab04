/** The tests of tfjs-core for the operations whose kernels or gradients the project replaces. */
export const OPERATIONS: Record<string, () => Promise<unknown>> = {
  conv2d: () => import('@tensorflow/tfjs-core/dist/ops/conv2d_test.js'),
  conv2d_transpose: () => import('@tensorflow/tfjs-core/dist/ops/conv2d_transpose_test.js'),
  batchnorm: () => import('@tensorflow/tfjs-core/dist/ops/batchnorm_test.js'),
  max_pool: () => import('@tensorflow/tfjs-core/dist/ops/max_pool_test.js'),
  avg_pool: () => import('@tensorflow/tfjs-core/dist/ops/avg_pool_test.js'),
  mat_mul: () => import('@tensorflow/tfjs-core/dist/ops/mat_mul_test.js'),
  mean: () => import('@tensorflow/tfjs-core/dist/ops/mean_test.js'),
  sum: () => import('@tensorflow/tfjs-core/dist/ops/sum_test.js'),
  split: () => import('@tensorflow/tfjs-core/dist/ops/split_test.js'),
  slice1d: () => import('@tensorflow/tfjs-core/dist/ops/slice1d_test.js'),
  slice2d: () => import('@tensorflow/tfjs-core/dist/ops/slice2d_test.js'),
  slice4d: () => import('@tensorflow/tfjs-core/dist/ops/slice4d_test.js'),
  concat: () => import('@tensorflow/tfjs-core/dist/ops/concat_test.js'),
  pad: () => import('@tensorflow/tfjs-core/dist/ops/pad_test.js'),
  add: () => import('@tensorflow/tfjs-core/dist/ops/add_test.js'),
  clone: () => import('@tensorflow/tfjs-core/dist/ops/clone_test.js'),
}
