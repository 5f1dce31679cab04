import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linkOf, recipeOfLink } from './link'
import { DEFAULT_RECIPE, FIELD_NAMES, fieldOf, recipeSchema, type Recipe } from './recipe'

const anyRecipe: fc.Arbitrary<Recipe> = fc
  .record(
    Object.fromEntries(
      FIELD_NAMES.map((name) => {
        const field = fieldOf(name)
        if (field.kind === 'choice') return [name, fc.constantFrom(...field.options.map((option) => option.value))]
        if (field.kind === 'text' && field.grammar) return [name, fc.constantFrom('', '3.a*2_5', '_1')]
        if (field.kind === 'text') return [name, fc.string({ maxLength: 60, unit: 'grapheme' }).filter((text) => /^\P{Cc}*$/u.test(text))]
        const range = { min: field.minimum, max: field.maximum }
        return [name, field.whole ? fc.integer(range) : fc.double({ ...range, noNaN: true })]
      }),
    ),
  )
  .map((values) => recipeSchema.parse(values))

describe('a link', () => {
  it('gives back every recipe that it was made of', () => {
    fc.assert(
      fc.property(anyRecipe, (recipe) => {
        const read = recipeOfLink(`#${linkOf(recipe)}`)
        expect(read.problems).toEqual([])
        for (const name of FIELD_NAMES) expect(read.recipe[name] === recipe[name]).toBe(true)
      }),
    )
  })

  it('is empty for the defaults and names only what differs', () => {
    expect(linkOf(DEFAULT_RECIPE)).toBe('')
    expect(linkOf({ ...DEFAULT_RECIPE, method: 'daino', epsilon: 0.03 })).toBe('v=1&method=daino&epsilon=0.03')
  })

  it.each([
    ['epsilon=7', 'epsilon cannot be 7; give a number from 0.01 to 1.'],
    ['epsilon=NaN', 'epsilon cannot be “NaN”'],
    ['epsilon=', 'epsilon cannot be “”'],
    ['steps=1e9', 'steps cannot be 1000000000'],
    ['steps=2.5', 'steps cannot be 2.5; give a whole number'],
    ['method=moco', 'method cannot be “moco”; choose one of suave, daino, swav, dino, paws, s4l, supervised.'],
    ['epsilom=0.1', 'did you mean “epsilon”?'],
    ['__proto__=1', 'no field “__proto__”'],
    ['constructor=1', 'no field “constructor”'],
    ['v=99&epsilon=0.2', 'version “99”'],
    [`${'x'.repeat(10_000)}=1`, 'no field “xxxxx'],
  ])('answers %.30s with a sentence and keeps the defaults', (hash, sentence) => {
    const { recipe, problems } = recipeOfLink(`#${hash}`)
    expect(recipe).toEqual(DEFAULT_RECIPE)
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain(sentence)
    expect(problems[0]?.length).toBeLessThan(200)
  })

  it('keeps the good values beside a bad one', () => {
    const { recipe, problems } = recipeOfLink('#v=1&temperature=0.2&epsilon=-1')
    expect(recipe).toEqual({ ...DEFAULT_RECIPE, temperature: 0.2 })
    expect(problems).toHaveLength(1)
  })

  it('never throws, never touches a prototype, and stays short, whatever the hash says', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 400, unit: 'binary' }), (hash) => {
        const { recipe, problems } = recipeOfLink(hash)
        expect(recipeSchema.safeParse(recipe).success).toBe(true)
        expect(problems.length).toBeLessThanOrEqual(4)
        expect(Object.keys(Object.prototype)).toEqual([])
      }),
    )
  })
})
