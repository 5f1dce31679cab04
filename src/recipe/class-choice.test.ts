import fc from 'fast-check'
import { expect, it } from 'vitest'
import { joinNames, splitNames } from './class-choice'

it('gives back every list of names that was joined', () => {
  const name = fc.string({ unit: 'grapheme', minLength: 1 }).map((text) => text.trim()).filter((text) => text !== '')
  fc.assert(fc.property(fc.array(name), (names) => {
    expect(splitNames(joinNames(names))).toEqual(names)
  }))
})

it.each([
  ['', []],
  ['cat, dog ,,truck', ['cat', 'dog', 'truck']],
  ['cats\\, small,dog', ['cats, small', 'dog']],
  ['ends\\', ['ends\\']],
])('reads %j as a person means it', (text, names) => expect(splitNames(text)).toEqual(names))
