import type { PictureSet } from '../data/picture-set'
import { randomStream } from '../data/random'
import type { Split } from '../data/split'

/** Pictures of a gallery at most: as many points as a map can show. */
const LARGEST = 2_000
const TEST_PICTURES = 24

/** The pictures that every snapshot of a run looks at: positions within the training and the test part. */
export interface GalleryChoice {
  train: Int32Array
  test: Int32Array
}

/** Chooses as many pictures of each class as of any other, labelled ones first; the same for the same split and seed. */
export function chooseGallery({ train, test, labelled }: Pick<Split, 'train' | 'test' | 'labelled'>, seed: number): GalleryChoice {
  return {
    train: balanced(train, [...labelled, ...randomStream(seed, 'gallery').permutation(train.labels.length)], LARGEST),
    test: balanced(test, randomStream(seed, 'gallery test').permutation(test.labels.length), TEST_PICTURES),
  }
}

/** The first `count` pictures, class by class in turn; an order may name a picture twice. */
function balanced({ labels }: PictureSet, order: Iterable<number>, count: number): Int32Array {
  const byClass: number[][] = []
  for (const position of new Set(order)) (byClass[labels[position]!] ??= []).push(position)
  const turns = byClass.flatMap((members) => members.map((position, turn) => ({ position, turn })))
  return Int32Array.from(turns.sort((a, b) => a.turn - b.turn).slice(0, count), ({ position }) => position)
}
