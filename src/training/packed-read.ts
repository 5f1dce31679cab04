import { Tensor, concat, reshape, tidy, type Tensor1D } from '@tensorflow/tfjs-core'

/** Tensors under names, which may be nested. */
export interface TensorTree {
  readonly [name: string]: Tensor | TensorTree | undefined
}

/** The numbers of a tree’s tensors, row by row, under the same names. */
export type NumbersOf<Tree> =
  Tree extends Tensor ? Float32Array : Tree extends object ? { [Name in keyof Tree]: NumbersOf<Tree[Name]> } : undefined

/**
 * Computes tensors and reads them back in one go: every read waits for the device, however little it brings.
 * Nothing stays on the device.
 */
export async function readTogether<Tree extends object>(compute: () => Tree & TensorTree): Promise<NumbersOf<Tree>> {
  const computed: TensorTree[] = []
  const packed = tidy(() => {
    const tree = compute()
    computed.push(tree)
    return concat(tensorsOf(tree).map((tensor) => reshape(tensor, [tensor.size]) as Tensor1D))
  })
  const numbers = await packed.data() as Float32Array
  packed.dispose()
  let at = 0
  return replaced(computed[0]!, ({ size }) => numbers.slice(at, (at += size))) as NumbersOf<Tree>
}

function tensorsOf(tree: TensorTree): Tensor[] {
  return Object.values(tree).flatMap((part) => (part instanceof Tensor ? [part] : part ? tensorsOf(part) : []))
}

function replaced(tree: TensorTree, read: (tensor: Tensor) => Float32Array): object {
  return Object.fromEntries(Object.entries(tree).map(([name, part]) =>
    [name, part instanceof Tensor ? read(part) : part && replaced(part, read)]))
}
