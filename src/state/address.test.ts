import { describe, expect, it } from 'vitest'
import { DEFAULT_RECIPE } from '../recipe/recipe'
import { readAddress, writeAddress } from './address'

describe('the address', () => {
  it('names the recipe and the backend', () => {
    const { form, backend, problems } = readAddress({ hash: '#v=1&method=daino', search: '?backend=wasm' })
    expect(form).toEqual({ ...DEFAULT_RECIPE, method: 'daino' })
    expect(backend).toBe('wasm')
    expect(problems).toEqual([])
  })

  it('leaves the choice to the page where it says nothing', () => {
    expect(readAddress({ hash: '', search: '' })).toEqual({ form: DEFAULT_RECIPE, backend: 'auto', problems: [] })
  })

  it('names the view of the stage beside the recipe', () => {
    const form = { ...DEFAULT_RECIPE, epsilon: 0.2 }
    for (const recipe of [form, DEFAULT_RECIPE]) {
      const hash = `#${writeAddress(recipe, 'a view')}`
      expect(readAddress({ hash, search: '' })).toMatchObject({ form: recipe, stageView: 'a view', problems: [] })
    }
    expect(writeAddress(DEFAULT_RECIPE, undefined)).toBe('')
  })

  it.each(['gpu', '', '__proto__', 'x'.repeat(5_000)])('answers the unknown backend “%.20s” with a sentence', (name) => {
    const { backend, problems } = readAddress({ hash: '', search: `?backend=${name}` })
    expect(backend).toBe('auto')
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain('choose one of webgpu, wasm, webgl, cpu')
    expect(problems[0]?.length).toBeLessThan(200)
  })
})
