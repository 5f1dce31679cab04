import { DataError, PICTURE_BYTES, SIDE, type PictureSet } from './picture-set'

export type CifarName = 'cifar10' | 'cifar100'

/** Pictures as CIFAR files hold them: three colour planes each, one picture every `stride` bytes. */
export interface PlanarBatch {
  dataset: CifarName
  labels: Uint8Array
  /** CIFAR-100’s coarse labels, where the file has them. */
  coarse?: Uint8Array
  bytes: Uint8Array
  /** Where the first picture’s red plane begins in `bytes`. */
  offset: number
  stride: number
}

export const CIFAR_TITLES: Record<CifarName, string> = { cifar10: 'CIFAR-10', cifar100: 'CIFAR-100' }

/** Joins batches in their order into one set, its planes interleaved to RGB. */
export function joinBatches(batches: readonly PlanarBatch[]): PictureSet {
  const count = batches.reduce((sum, batch) => sum + batch.labels.length, 0)
  const pixels = new Uint8Array(count * PICTURE_BYTES)
  const labels = new Uint8Array(count)
  const coarse = batches.every((batch) => batch.coarse) ? new Uint8Array(count) : undefined
  let joined = 0
  for (const batch of batches) {
    labels.set(batch.labels, joined)
    if (batch.coarse) coarse?.set(batch.coarse, joined)
    for (let picture = 0; picture < batch.labels.length; picture++, joined++) {
      const from = batch.offset + picture * batch.stride
      interleave(batch.bytes, from, pixels, joined * PICTURE_BYTES)
    }
  }
  return { pixels, labels, ...(coarse && { coarse }) }
}

/** The error for a picture (“Record 3 of x.bin”) whose label is none of the data set’s. */
export function strangeLabel(picture: string, label: string, dataset: CifarName): DataError {
  return new DataError(
    `${picture} has the label ${label}, which ${CIFAR_TITLES[dataset]} does not know: `
    + 'the file is damaged or holds something else; download it again.',
  )
}

function interleave(planes: Uint8Array, from: number, pixels: Uint8Array, to: number): void {
  const plane = SIDE * SIDE
  for (let at = from; at < from + plane; at++) {
    pixels[to++] = planes[at]!
    pixels[to++] = planes[at + plane]!
    pixels[to++] = planes[at + 2 * plane]!
  }
}

/** The names of the classes, in the order of the official labels (CIFAR-100: the fine ones). */
export const CIFAR_CLASSES: Record<CifarName, readonly string[]> = {
  cifar10: ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'],
  cifar100: [
    'apple', 'aquarium_fish', 'baby', 'bear', 'beaver', 'bed', 'bee', 'beetle', 'bicycle', 'bottle', 'bowl', 'boy',
    'bridge', 'bus', 'butterfly', 'camel', 'can', 'castle', 'caterpillar', 'cattle', 'chair', 'chimpanzee', 'clock',
    'cloud', 'cockroach', 'couch', 'crab', 'crocodile', 'cup', 'dinosaur', 'dolphin', 'elephant', 'flatfish',
    'forest', 'fox', 'girl', 'hamster', 'house', 'kangaroo', 'keyboard', 'lamp', 'lawn_mower', 'leopard', 'lion',
    'lizard', 'lobster', 'man', 'maple_tree', 'motorcycle', 'mountain', 'mouse', 'mushroom', 'oak_tree', 'orange',
    'orchid', 'otter', 'palm_tree', 'pear', 'pickup_truck', 'pine_tree', 'plain', 'plate', 'poppy', 'porcupine',
    'possum', 'rabbit', 'raccoon', 'ray', 'road', 'rocket', 'rose', 'sea', 'seal', 'shark', 'shrew', 'skunk',
    'skyscraper', 'snail', 'snake', 'spider', 'squirrel', 'streetcar', 'sunflower', 'sweet_pepper', 'table', 'tank',
    'telephone', 'television', 'tiger', 'tractor', 'train', 'trout', 'tulip', 'turtle', 'wardrobe', 'whale',
    'willow_tree', 'wolf', 'woman', 'worm',
  ],
}

/** The families of CIFAR-100’s classes, five classes each, in the order of the official coarse labels. */
export const CIFAR_FAMILIES: readonly string[] = [
  'aquatic_mammals', 'fish', 'flowers', 'food_containers', 'fruit_and_vegetables', 'household_electrical_devices',
  'household_furniture', 'insects', 'large_carnivores', 'large_man-made_outdoor_things', 'large_natural_outdoor_scenes',
  'large_omnivores_and_herbivores', 'medium_mammals', 'non-insect_invertebrates', 'people', 'reptiles', 'small_mammals',
  'trees', 'vehicles_1', 'vehicles_2',
]
