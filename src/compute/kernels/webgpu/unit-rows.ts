import { grads, type Tensor, type Tensor2D, type TensorInfo } from '@tensorflow/tfjs-core'
import { madeUp } from '../../made-up'
import { SHORTEST, UNIT_ROWS, UNIT_ROWS_GRADIENT, unitRows } from '../../unit-rows'
import type { OwnKernel } from './own-kernel'
import { programFor, type Program } from './program'
import { reductions } from './reductions'

const THREADS = 64

const forward = programFor((rows: number, columns: number): Program => ({
  name: 'rows of length one',
  reads: { x: 'f32' },
  writes: { y: 'f32', lengths: 'f32' },
  threads: THREADS,
  code: `
${reductions(THREADS)}
fn run(row: u32, thread: u32) {
  if (row >= ${rows}u) { return; }
  let start = row * ${columns}u;
  var squares = 0.0;
  for (var k = thread; k < ${columns}u; k += ${THREADS}u) { squares += x[start + k] * x[start + k]; }
  let length = sqrt(max(sumOf(thread, squares), ${SHORTEST ** 2}));
  if (thread == 0u) { lengths[row] = length; }
  for (var k = thread; k < ${columns}u; k += ${THREADS}u) { y[start + k] = x[start + k] / length; }
}`,
}))

const gradient = programFor((rows: number, columns: number): Program => ({
  name: 'the gradient of rows of length one',
  reads: { y: 'f32', dy: 'f32', lengths: 'f32' },
  writes: { dx: 'f32' },
  threads: THREADS,
  code: `
${reductions(THREADS)}
fn run(row: u32, thread: u32) {
  if (row >= ${rows}u) { return; }
  let start = row * ${columns}u;
  var products = 0.0;
  for (var k = thread; k < ${columns}u; k += ${THREADS}u) { products += y[start + k] * dy[start + k]; }
  let along = sumOf(thread, products);
  for (var k = thread; k < ${columns}u; k += ${THREADS}u) { dx[start + k] = (dy[start + k] - y[start + k] * along) / lengths[row]; }
}`,
}))

export const UNIT_ROWS_KERNEL: OwnKernel = {
  name: 'rows of length one',
  kernels: {
    [UNIT_ROWS]: (gpu, { inputs }) => {
      const x = inputs.x as TensorInfo
      const [rows, columns] = x.shape as [number, number]
      const writes = [gpu.output(x.shape), gpu.output([rows, 1])]
      gpu.run(forward(rows, columns), { reads: [x], writes, groups: rows })
      return writes
    },
    [UNIT_ROWS_GRADIENT]: (gpu, { inputs }) => {
      const { y, dy, lengths } = inputs as Record<'y' | 'dy' | 'lengths', TensorInfo>
      const [rows, columns] = y.shape as [number, number]
      const dx = gpu.output(y.shape)
      gpu.run(gradient(rows, columns), { reads: [y, dy, lengths], writes: [dx], groups: rows })
      return [dx]
    },
  },
  trial: () => ([[3, 5], [1, 130]] as const).flatMap(([rows, columns]) => {
    const x = madeUp([rows, columns])
    const [dx] = grads((of: Tensor) => unitRows(of as Tensor2D))([x], madeUp([rows, columns], 2)) as [Tensor]
    return [unitRows(x), dx]
  }),
}
