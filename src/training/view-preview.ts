import { concat, mul, reshape, round, tensor4d, tidy, type Tensor4D } from '@tensorflow/tfjs-core'
import { SIDE } from '../data/picture-set'
import { randomStream } from '../data/random'
import { randomViews, type ViewSettings } from '../data/views'
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

/**
 * Cuts the views of a picture on the device, as a step does. Each view has random numbers of its own, which `throwOf`
 * chooses: a setting that moves moves the views, and no number of views changes another view.
 * @param pixels [32, 32, 3]
 */
export async function previewViews(pixels: Uint8Array, recipe: Recipe, throwOf: number): Promise<ViewPreview> {
  const side = recipe.smallViewSize
  const colours = tidy(() => {
    const picture = tensor4d(Float32Array.from(pixels, (value) => value / 255), [1, SIDE, SIDE, 3])
    const cut = (name: string, settings: ViewSettings, size: number) => randomViews(
      picture, [{ settings, pictures: Int32Array.of(0) }], size, randomStream(throwOf, `preview ${name}`),
    )
    const views = [
      cut('labelled', labelledSettings(recipe), SIDE),
      cut('first', globalSettings(recipe), SIDE),
      cut('second', globalSettings(recipe), SIDE),
      ...Array.from({ length: recipe.smallViews }, (_, view) => cut(`small ${view}`, smallSettings(recipe), side)),
    ]
    return round(mul(concat(views.map(flat)), 255))
  })
  const rgba = rgbaOf(await colours.data() as Float32Array)
  colours.dispose()
  const fullLength = 3 * SIDE * SIDE * 4
  return { full: rgba.slice(0, fullLength), small: rgba.slice(fullLength), smallSide: side }
}

function flat(view: Tensor4D) {
  return reshape(view, [view.size])
}
