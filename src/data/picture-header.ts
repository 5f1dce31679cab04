export interface PictureHeader {
  kind: 'PNG' | 'JPEG' | 'WebP'
  width: number
  height: number
}

/**
 * What a picture file says of itself before anything is decoded, or undefined when it is no PNG, JPEG or WebP, or is cut
 * off before it says its size. (PNG: W3C Recommendation, IHDR. JPEG: ITU-T T.81, frame headers. WebP: RFC 9649.)
 */
export function readPictureHeader(bytes: Uint8Array): PictureHeader | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    if (view.getUint32(0) === 0x89504e47) return { kind: 'PNG', width: view.getUint32(16), height: view.getUint32(20) }
    if (view.getUint16(0) === 0xffd8) return jpeg(view)
    if (view.getUint32(0) === RIFF && view.getUint32(8) === WEBP) return webp(view)
  } catch (error) {
    // A read beyond the end.
    if (!(error instanceof RangeError)) throw error
  }
  return undefined
}

const [RIFF, WEBP, VP8, VP8L, VP8X] = ['RIFF', 'WEBP', 'VP8 ', 'VP8L', 'VP8X'].map((name) =>
  [...name].reduce((code, letter) => code * 256 + letter.charCodeAt(0), 0))

/** Goes from segment to segment up to the frame header. */
function jpeg(view: DataView): PictureHeader {
  let at = 2
  for (;;) {
    if (view.getUint8(at) !== 0xff) throw new RangeError('There is no marker here.')
    const marker = view.getUint8(at + 1)
    if (marker === 0xff) {
      at++
    } else if (isFrame(marker)) {
      return { kind: 'JPEG', width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
    } else {
      at += 2 + view.getUint16(at + 2)
    }
  }
}

/** SOF0 to SOF15, among which are three markers of other meaning. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
}

function webp(view: DataView): PictureHeader | undefined {
  const three = (at: number) => view.getUint16(at, true) + 65_536 * view.getUint8(at + 2)
  switch (view.getUint32(12)) {
    case VP8: return { kind: 'WebP', width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
    case VP8L: {
      const packed = view.getUint32(21, true)
      return { kind: 'WebP', width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1 }
    }
    case VP8X: return { kind: 'WebP', width: three(24) + 1, height: three(27) + 1 }
    default: return undefined
  }
}
