import type { Split } from '../data/split'
import { chooseGallery, type GalleryChoice } from '../training/gallery'
import type { Gallery } from './protocol'
import { galleryOf } from './strip'

/** The gallery of a run, as far as the page has it: its pictures stay, the rings of their labels may change. */
export class ShownGallery {
  readonly #choice: GalleryChoice
  #shown: Split | undefined

  constructor(split: Split, seed: number) {
    this.#choice = chooseGallery(split, seed)
  }

  /** Positions of its fixed test pictures. */
  get test(): Int32Array {
    return this.#choice.test
  }

  /** The gallery with the labels of a split, or nothing when it was asked for with these before. */
  unlessShown(split: Split): Gallery | undefined {
    if (split === this.#shown) return undefined
    this.#shown = split
    return galleryOf(split, this.#choice)
  }
}
