import { SIDE, pictureAt, pictureCount, type PictureSet } from '../data/picture-set'
import type { Split } from '../data/split'
import type { ChosenSource } from '../data/class-choice'
import type { GalleryChoice } from '../training/gallery'
import type { DatasetSummary, Gallery, PictureSheet, PictureStrip } from './protocol'

/** Pictures on show: of each of a few classes many, of each of many classes few. */
const SHOWN = 100
const SHOWN_PER_CLASS = { minimum: 2, maximum: 8 }

/** What the data panel says of a source and its split. */
export function summarise(source: ChosenSource, split: Split, album: number): DatasetSummary {
  return {
    dataset: source.dataset,
    name: source.name,
    classNames: source.classNames,
    choosable: source.choosable,
    grows: source.grows ?? false,
    album,
    pool: split.pool,
    available: { train: pictureCount(source.train), test: source.test ? pictureCount(source.test) : 0 },
    split: { train: pictureCount(split.train), labelled: split.labelled.length, test: pictureCount(split.test) },
    strip: stripOf(split, examples(split, source.classNames.length)),
  }
}

/** The pictures at these positions of the training part, as one row of tiles. */
export function stripOf({ train, labelled }: Split, positions: ArrayLike<number>): PictureStrip {
  const count = positions.length
  const rgba = new Uint8ClampedArray(count * SIDE * SIDE * 4)
  const known = new Set(labelled)
  const chosen = Array.from(positions)
  chosen.forEach((position, tile) => drawTile(train, position, rgba, tile, count))
  return {
    count,
    rgba,
    labels: Uint8Array.from(chosen, (position) => train.labels[position]!),
    labelled: Uint8Array.from(chosen, (position) => Number(known.has(position))),
  }
}

/** Tiles in a row of a sheet: with all its rows a sheet of thousands stays within what a canvas can hold. */
const SHEET_COLUMNS = 50

/** The pictures that a run’s snapshots look at. */
export function galleryOf({ train, test, labelled, taught }: Split, choice: GalleryChoice): Gallery {
  return {
    positions: choice.train, taught: Uint8Array.from(choice.train, (position) => taught[position]!),
    train: sheetOf(train, choice.train, new Set(labelled)), test: sheetOf(test, choice.test),
  }
}

function sheetOf(set: PictureSet, positions: Int32Array, known?: ReadonlySet<number>): PictureSheet {
  const columns = Math.max(1, Math.min(SHEET_COLUMNS, positions.length))
  const rgba = new Uint8ClampedArray(columns * Math.ceil(positions.length / columns) * SIDE * SIDE * 4)
  positions.forEach((position, tile) => drawTile(set, position, rgba, tile, columns))
  return {
    count: positions.length, columns, rgba,
    labels: Uint8Array.from(positions, (position) => set.labels[position]!),
    labelled: Uint8Array.from(positions, (position) => Number(known?.has(position) ?? false)),
  }
}

/** Puts one picture, interleaved RGB, into rows of `columns` tiles. */
function drawTile(set: PictureSet, position: number, rgba: Uint8ClampedArray, tile: number, columns: number): void {
  const top = Math.floor(tile / columns) * SIDE
  const left = (tile % columns) * SIDE
  const picture = pictureAt(set, position)
  for (let pixel = 0; pixel < SIDE * SIDE; pixel++) {
    const row = Math.floor(pixel / SIDE)
    const to = ((top + row) * columns * SIDE + left + (pixel % SIDE)) * 4
    rgba.set(picture.subarray(pixel * 3, pixel * 3 + 3), to)
    rgba[to + 3] = 255
  }
}

/** Positions of some training pictures of each class, class by class, labelled ones first. */
function examples({ train, labelled }: Split, classCount: number): number[] {
  const { minimum, maximum } = SHOWN_PER_CLASS
  const perClass = Math.min(maximum, Math.max(minimum, Math.floor(SHOWN / classCount)))
  const shown: number[][] = Array.from({ length: classCount }, () => [])
  const offer = (position: number) => {
    const row = shown[train.labels[position]!]!
    if (row.length < perClass && !row.includes(position)) row.push(position)
  }
  labelled.forEach(offer)
  train.labels.forEach((_, position) => offer(position))
  return shown.flat()
}
