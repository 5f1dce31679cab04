import fc from 'fast-check'
import { expect, test } from 'vitest'
import { plainPng } from './made-up-pictures'
import { readPictureHeader } from './picture-header'

const bytes = (text: string) => Uint8Array.from(text.split(/\s+/).flatMap((part) => (part.startsWith("'") ? [...part.slice(1)].map((c) => c.charCodeAt(0)) : [parseInt(part, 16)])))

test.each([
  ['PNG', plainPng(7, 3, [1, 2, 3]), 7, 3],
  ['JPEG', bytes("ff d8 ff e0 00 06 'JFIF ff ff c4 00 04 00 00 ff c2 00 0b 08 01 e0 02 80 01"), 640, 480],
  ['WebP', bytes("'RIFF 00 00 00 00 'WEBP 'VP8X 0a 00 00 00 00 00 00 00 7f 02 00 df 01 00"), 640, 480],
  ['WebP', bytes("'RIFF 00 00 00 00 'WEBP 'VP8L 0a 00 00 00 2f 7f c2 77 00 00"), 640, 480],
])('the size of a %s', (kind, file, width, height) => {
  expect(readPictureHeader(file)).toEqual({ kind, width, height })
})

test('never throws, whatever the bytes', () => {
  const start = fc.constantFrom([0x89, 0x50, 0x4e, 0x47], [0xff, 0xd8], [...'RIFF1234WEBPVP8X'].map((c) => c.charCodeAt(0)), [])
  fc.assert(fc.property(start, fc.uint8Array({ maxLength: 60 }), (first, rest) => {
    readPictureHeader(Uint8Array.of(...first, ...rest))
  }))
})
