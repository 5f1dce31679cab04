import { concat, mul, reshape, round, tidy } from '@tensorflow/tfjs-core'
import { DevicePictures } from '../data/device-pictures'
import { SIDE } from '../data/picture-set'
import { randomStream } from '../data/random'
import { planViews, type ViewSettings } from '../data/views'
import type { Recipe } from '../recipe/recipe'
import { globalSettings, labelledSettings, smallSettings } from './step-views'
import { rgbaOf } from './view-pixels'

/** Views of one picture, RGBA for a canvas, view after view. */
export interface ViewPreview {
  /** The labelled view, then the two global ones, [3, 32, 32, 4]. */
  full: Uint8ClampedArray<ArrayBuffer>
  /** The small ones, [smallViews, smallViewSize, smallViewSize, 4]. */
  small: Uint8ClampedArray<ArrayBuffer>
  smallSide: number
}

/** Leaves colours from 0 to 1 as they are. */
const AS_THEY_ARE: { mean: [number, number, number]; deviation: [number, number, number] } = { mean: [0, 0, 0], deviation: [1, 1, 1] }

/**
 * Cuts the views of a picture on the device, as a step does. Each view has random numbers of its own, which `throwOf`
 * chooses: a setting that moves moves the views, and no number of views changes another view.
 * @param pixels [32, 32, 3]
 */
export async function previewViews(pixels: Uint8Array, recipe: Recipe, throwOf: number): Promise<ViewPreview> {
  const side = recipe.smallViewSize
  const plan = (name: string, settings: ViewSettings, size: number) =>
    planViews([{ settings, pictures: Int32Array.of(0) }], size, randomStream(throwOf, `preview ${name}`))
  const full = [
    ...plan('labelled', labelledSettings(recipe), SIDE),
    ...plan('first', globalSettings(recipe), SIDE),
    ...plan('second', globalSettings(recipe), SIDE),
  ]
  const small = Array.from({ length: recipe.smallViews }, (_, view) => plan(`small ${view}`, smallSettings(recipe), side)).flat()

  const picture = new DevicePictures({ pixels, labels: Uint8Array.of(0) })
  const colours = tidy(() => {
    const views = [picture.views(full, SIDE, AS_THEY_ARE), ...(small.length > 0 ? [picture.views(small, side, AS_THEY_ARE)] : [])]
    return round(mul(concat(views.map((view) => reshape(view, [view.size]))), 255))
  })
  picture.dispose()
  const rgba = rgbaOf(await colours.data() as Float32Array)
  colours.dispose()
  const fullLength = full.length * SIDE * SIDE * 4
  return { full: rgba.slice(0, fullLength), small: rgba.slice(fullLength), smallSide: side }
}
