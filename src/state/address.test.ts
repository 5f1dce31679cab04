import { describe, expect, it, vi } from 'vitest'
import { DEFAULT_RECIPE } from '../recipe/recipe'
import { followAddress, readAddress, writeAddress } from './address'
import { createPlayground } from './playground'
import { createTestSession } from './test-session'

describe('the address', () => {
  it('names the recipe and the backend', () => {
    const { form, backend, problems } = readAddress({ hash: '#v=1&method=daino', search: '?backend=wasm' })
    expect(form).toEqual({ ...DEFAULT_RECIPE, method: 'daino' })
    expect(backend).toBe('wasm')
    expect(problems).toEqual([])
  })

  it('follows single changes at once, and a long drag no more often than browsers allow', () => {
    vi.useFakeTimers()
    const replaceState = vi.fn<History['replaceState']>()
    vi.stubGlobal('history', { replaceState })
    vi.stubGlobal('location', { pathname: '/', search: '' })
    vi.stubGlobal('addEventListener', () => {})
    try {
      const playground = createPlayground(createTestSession(), { form: DEFAULT_RECIPE })
      followAddress(playground)
      const epsilonTo = (value: number) => playground.store.getState().setField('epsilon', value)
      vi.advanceTimersByTime(1_000)
      epsilonTo(0.2)
      expect(replaceState.mock.lastCall?.[2]).toContain('epsilon=0.2')
      vi.advanceTimersByTime(100)
      epsilonTo(0.3)
      expect(replaceState.mock.lastCall?.[2]).toContain('epsilon=0.3')
      for (let i = 0; i < 60 * 30; i++) {
        epsilonTo(0.1 + (i % 7) / 100)
        vi.advanceTimersByTime(1_000 / 60)
      }
      expect(replaceState.mock.calls.length).toBeLessThan(100)
      epsilonTo(0.5)
      vi.advanceTimersByTime(1_000)
      expect(replaceState.mock.lastCall?.[2]).toContain('epsilon=0.5')
    } finally {
      vi.useRealTimers()
      vi.unstubAllGlobals()
    }
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
