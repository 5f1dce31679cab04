import { PICTURE_BYTES } from './picture-set'

/**
 * Turns the bytes of a PNG, JPEG or WebP into 32×32 RGB: its middle square, scaled down. The worker’s own is passed in,
 * since only a browser has one. Rejects what it cannot decode.
 */
export type DecodePicture = (bytes: Uint8Array) => Promise<Uint8Array>

/** So many pictures are decoded side by side, since browsers have threads of their own for that; large ones take much memory. */
const SIDE_BY_SIDE = { small: 64, anySize: 8 }

/** Decodes pictures in their order; what cannot be decoded is undefined. */
export async function decodeAll(
  pictures: readonly Uint8Array[], decode: DecodePicture, { signal, size }: { signal?: AbortSignal; size: 'small' | 'anySize' },
): Promise<(Uint8Array | undefined)[]> {
  const decoded: (Uint8Array | undefined)[] = []
  for (let at = 0; at < pictures.length; at += SIDE_BY_SIDE[size]) {
    signal?.throwIfAborted()
    decoded.push(...await Promise.all(pictures.slice(at, at + SIDE_BY_SIDE[size]).map((bytes) => decode(bytes).catch(() => undefined))))
  }
  return decoded
}

/** Pictures one after the other, as a set holds them. */
export function joinPictures(pictures: readonly Uint8Array[]): Uint8Array {
  const pixels = new Uint8Array(pictures.length * PICTURE_BYTES)
  pictures.forEach((picture, position) => pixels.set(picture, position * PICTURE_BYTES))
  return pixels
}
