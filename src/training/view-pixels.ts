/** Colours as opaque pixels for a canvas, tile after tile. */
export function rgbaOf(colours: Float32Array): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray((colours.length / 3) * 4).fill(255)
  for (let pixel = 0; 3 * pixel < colours.length; pixel++) rgba.set(colours.subarray(3 * pixel, 3 * pixel + 3), 4 * pixel)
  return rgba
}
