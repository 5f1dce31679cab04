// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { METHODS } from '../recipe/field'
import { countsIn, DEFAULT_RECIPE, FIELD_NAMES, fieldOf, type Recipe } from '../recipe/recipe'
import { createPlayground } from '../state/playground'
import { BATCH_MILLISECONDS } from '../state/inbox'
import { createTestSession, metrics, summaryOf, training } from '../state/test-session'
import { App } from './app'
import { GUTTER } from './stage/columns'
import { LINE } from './stage/column-names'
import { STAGE_VIEWS } from './stage/views'

/** jsdom lays nothing out: every element is as large as this says. */
class FixedSize {
  constructor(readonly tell: (entries: unknown[]) => void) {}
  observe() {
    this.tell([{ contentRect: { width: 600, height: 400 }, isIntersecting: true }])
  }
  disconnect() {}
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('ResizeObserver', FixedSize)
  vi.stubGlobal('IntersectionObserver', FixedSize)
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null)
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
  vi.useRealTimers()
})

function open(changes: Partial<Recipe> = {}) {
  const session = createTestSession()
  const playground = createPlayground(session, { form: { ...DEFAULT_RECIPE, ...changes } })
  render(<App playground={playground} />)
  const tell = (...events: Parameters<typeof session.tell>) =>
    act(() => {
      session.tell(...events)
      vi.advanceTimersByTime(BATCH_MILLISECONDS * 2)
    })
  return { session, playground, tell }
}

function openRun(changes: Partial<Recipe> = {}) {
  const page = open(changes)
  page.tell({ kind: 'dataset', summary: summaryOf('shapes') })
  fireEvent.click(screen.getByRole('button', { name: 'Train' }))
  page.tell({ kind: 'status', runId: 1, status: 'running', step: 0 })
  return page
}

const slider = (name: string) => screen.getByRole('slider', { name })

describe('the settings', () => {
  it.each(METHODS)('show each field of the schema that %s reads, and no other', (method) => {
    open({ method })
    const settings = within(screen.getByRole('complementary', { name: 'Settings' }))
    for (const name of FIELD_NAMES) {
      const field = fieldOf(name)
      const role = field.kind === 'number' ? 'slider' : field.kind === 'text' && name !== 'classes' ? 'textbox' : 'group'
      const text = field.kind === 'number' && field.symbol ? `${field.label} ${field.symbol}` : field.label
      const controls = settings.queryAllByRole(role, { name: text, hidden: true })
      expect(controls, text).toHaveLength(countsIn(name, { ...DEFAULT_RECIPE, method }) ? 1 : 0)
    }
  })

  it('send a live slider to the run and leave the others to a restart', () => {
    const { session } = openRun()
    fireEvent.change(slider('Epsilon ε'), { target: { value: '0' } })
    expect(session.sentOf('tune')).toEqual([{ kind: 'tune', changes: { epsilon: 0.01 } }])
    expect(screen.queryByRole('button', { name: /Restart to apply/ })).toBeNull()
    fireEvent.click(screen.getByRole('radio', { name: 'Daino' }))
    fireEvent.click(screen.getByRole('radio', { name: 'Conv-4', hidden: true }))
    fireEvent.click(screen.getByRole('button', { name: 'Restart to apply: Method, Encoder' }))
    expect(session.sentOf('start').at(-1)).toMatchObject({ runId: 2, recipe: { method: 'daino', encoder: 'conv4' } })
  })

  it('say in what they have left a run that is over, whose numbers stay on show', () => {
    const { tell } = openRun()
    tell(training(metrics(1)), { kind: 'status', runId: 1, status: 'finished', step: 1 })
    expect(screen.queryByText(/Changed since the run on show/)).toBeNull()
    fireEvent.click(screen.getByRole('radio', { name: 'Conv-4', hidden: true }))
    expect(screen.getByText('Changed since the run on show: Encoder. Train begins anew.')).toBeTruthy()
  })

  it('offer the rest of the pictures where they are too few, not where the labels are too many', () => {
    const { tell } = open({ dataset: 'cifar10', labelsPerClass: 4 })
    tell({ kind: 'dataset', summary: { ...summaryOf('cifar10'), grows: true } })
    const rest = () => screen.queryByRole('button', { name: /^Get the rest/ })
    expect(rest()).toBeNull()
    tell({ kind: 'error', about: 'data', dataset: 'cifar10', message: 'Too few pictures.' })
    expect(rest()).not.toBeNull()
    fireEvent.change(slider('Training pictures'), { target: { value: '0' } })
    fireEvent.change(slider('Labels per class'), { target: { value: '1000' } })
    tell({ kind: 'dataset', summary: { ...summaryOf('cifar10'), grows: true, split: { train: 8, labelled: 12, test: 50 } } })
    tell({ kind: 'error', about: 'data', dataset: 'cifar10', message: 'Too many labels.' })
    expect(rest()).toBeNull()
  })

  it('take a typed number, and refuse a wrong one with a sentence while the run goes on', () => {
    const { session, playground } = openRun()
    const typed = screen.getByRole('textbox', { name: 'Epsilon, typed' })
    fireEvent.change(typed, { target: { value: '7' } })
    fireEvent.keyDown(typed, { key: 'Enter' })
    expect(screen.getByText('Epsilon cannot be 7; give a number from 0.01 to 1.')).toBeTruthy()
    expect(typed.getAttribute('aria-invalid')).toBe('true')
    expect(playground.store.getState().run.status).toBe('running')
    expect(session.sentOf('tune')).toEqual([])
    fireEvent.change(typed, { target: { value: '0,2' } })
    fireEvent.blur(typed)
    expect(screen.queryByText(/Epsilon cannot be/)).toBeNull()
    expect(session.sentOf('tune')).toEqual([{ kind: 'tune', changes: { epsilon: 0.2 } }])
  })

  it('forget a refusal when the field gets another value elsewhere', () => {
    const { playground } = open()
    const typed = screen.getByRole('textbox', { name: 'Epsilon, typed' })
    fireEvent.change(typed, { target: { value: '7' } })
    fireEvent.blur(typed)
    expect(screen.getByText(/^Epsilon cannot be 7/)).toBeTruthy()
    act(() => void playground.store.getState().setField('epsilon', 0.4))
    expect(screen.queryByText(/^Epsilon cannot be 7/)).toBeNull()
    act(() => void playground.store.getState().setField('epsilon', 0.05))
    expect(screen.queryByText(/^Epsilon cannot be 7/)).toBeNull()
  })

  it('mark a changed field and take it back to its default', async () => {
    const { playground } = open({ epsilon: 0.3 })
    const back = screen.getByRole('button', { name: 'Set Epsilon back to 0.05' })
    back.focus()
    fireEvent.click(back)
    await Promise.resolve()
    expect(document.activeElement).toBe(slider('Epsilon ε'))
    expect(playground.store.getState().form.epsilon).toBe(0.05)
    expect(screen.queryByRole('button', { name: /Set Epsilon back/ })).toBeNull()
  })

  it('say the split in words', () => {
    const { tell } = open()
    tell({ kind: 'dataset', summary: summaryOf('shapes') })
    expect(screen.getByText('12 with a label')).toBeTruthy()
    expect(screen.getAllByRole('img', { name: /12 have a label; these are ringed/ }).length).toBeGreaterThan(0)
  })
})

describe('news', () => {
  it('are said politely and stay on a banner until they are dismissed', () => {
    const { tell } = open()
    tell({ kind: 'error', about: 'data', message: 'The archive is cut short; download it again.' })
    expect(screen.getByRole('status').textContent).toBe('The archive is cut short; download it again.')
    const banner = screen.getByRole('region', { name: 'Notices' })
    fireEvent.click(within(banner).getByRole('button', { name: 'Dismiss this notice' }))
    expect(screen.queryByRole('region', { name: 'Notices' })).toBeNull()
  })

  it('leave the focus to the next notice, and the last one to the stage', async () => {
    const { tell } = open()
    for (const message of ['One.', 'Two.']) tell({ kind: 'error', about: 'data', message })
    const buttons = () => screen.getAllByRole('button', { name: 'Dismiss this notice' })
    for (const heir of [() => buttons()[0], () => screen.getByRole('tab', { selected: true })]) {
      const [first] = buttons()
      first!.focus()
      fireEvent.click(first!)
      await Promise.resolve()
      expect(document.activeElement).toBe(heir())
    }
  })

  it('tell of a backend that trains, and of none', () => {
    const { session, tell } = open()
    tell({ kind: 'error', about: 'backend', message: 'No backend can train here.' })
    expect(screen.getByRole('button', { name: 'Train' })).toHaveProperty('disabled', true)
    const refused = [{ backend: 'webgpu' as const, reason: 'There is no adapter.' }]
    tell({ kind: 'backend', wanted: 'auto', report: { backend: 'wasm', device: 'SIMD, 2 threads', reason: 'The fastest here.', refused } })
    expect(screen.getByRole('button', { name: 'Train' })).toHaveProperty('disabled', false)
    expect(screen.getByRole('button', { name: /WASM · SIMD, 2 threads/ })).toBeTruthy()
    expect(screen.getByText('There is no adapter.')).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: 'CPU', hidden: true }))
    expect(session.sentOf('connect').at(-1)).toEqual({ kind: 'connect', backend: 'cpu' })
  })
})

describe('the stage', () => {
  const assignments = Float32Array.of(0.9, 0.05, 0.05, 0.1, 0.2, 0.7)
  const predictions = Float32Array.of(0.1, 0.8, 0.1, 0.1, 0.8, 0.1)
  const sample = { pictures: Int32Array.of(0, 1), prototypes: 3, assignments, predictions }
  const strip = { ...summaryOf('shapes').strip, count: 2, labels: Uint8Array.of(0, 1) }

  it('watches as many rows as fit, and shows what they are', () => {
    const { session, tell } = openRun()
    expect(session.sentOf('watch').at(-1)?.watch.assignments).toBeGreaterThan(3)
    tell({ ...training(metrics(5, {}, sample)), strip } as Parameters<typeof tell>[0])
    expect(screen.getByRole('img', { name: /^Assignments: heat map of 2 pictures against 3 prototypes \(disc, ring, star\)\. 1 of 2/ })).toBeTruthy()
    fireEvent.click(screen.getByRole('radio', { name: 'Predictions p' }))
    expect(screen.getByRole('img', { name: /^Predictions: heat map/ })).toBeTruthy()
    expect(screen.getByRole('img', { name: /most disc with 50\.0 %, least star with 20\.0 %/ })).toBeTruthy()
  })

  it('reads a cell of the heat map that was tapped or walked to, and says it no second time while the run goes on', () => {
    const { tell } = openRun()
    const grid = () => screen.getByRole('grid', { name: 'Assignments, cell by cell' })
    const cell = () => within(grid()).getByRole('gridcell')
    tell({ ...training(metrics(5, {}, sample)), strip } as Parameters<typeof tell>[0])
    expect(screen.queryByText(/^A picture of disc/)).toBeNull()
    fireEvent.click(grid(), { clientX: GUTTER + 1, clientY: LINE + 1 })
    expect(screen.getByText('A picture of disc → prototype disc: 0.900')).toBeTruthy()
    fireEvent.keyDown(cell(), { key: 'ArrowDown' })
    expect(screen.getByText('A picture of ring → prototype disc: 0.100')).toBeTruthy()
    const next = { ...sample, assignments: Float32Array.of(0.9, 0.05, 0.05, 0.3, 0.2, 0.5) }
    tell({ ...training(metrics(6, {}, next)), strip } as Parameters<typeof tell>[0])
    expect(screen.getByText('A picture of ring → prototype disc: 0.300')).toBeTruthy()
    expect(cell().getAttribute('aria-label')).toBe('A picture of ring → prototype disc: 0.100')
    fireEvent.keyDown(cell(), { key: 'ArrowUp' })
    fireEvent.keyDown(cell(), { key: 'ArrowDown' })
    expect(cell().getAttribute('aria-label')).toBe('A picture of ring → prototype disc: 0.300')
  })

  it('wears the colour of the run’s method, and the settings that of the form’s', async () => {
    openRun()
    await act(() => vi.dynamicImportSettled())
    fireEvent.click(screen.getByRole('radio', { name: 'Daino' }))
    const methodAround = (element: HTMLElement) => element.closest('[data-method]')?.getAttribute('data-method')
    expect(methodAround(screen.getByRole('main'))).toBe('suave')
    expect(methodAround(screen.getByRole('region', { name: 'Charts' }))).toBe('suave')
    expect(methodAround(screen.getByRole('complementary', { name: 'Settings' }))).toBe('daino')
  })

  it('watches nothing while the page is hidden', () => {
    const { session } = openRun()
    vi.spyOn(document, 'hidden', 'get').mockReturnValue(true)
    fireEvent(document, new Event('visibilitychange'))
    expect(session.sentOf('watch').at(-1)).toEqual({ kind: 'watch', watch: { assignments: 0, snapshot: false, answers: false, lens: false } })
  })

  it('offers its views as tabs, by hand and by key, and falls back to the first', () => {
    const { playground } = open()
    playground.store.setState({ stageView: 'nowhere' })
    const [first] = within(screen.getByRole('tablist', { name: 'Views of the stage' })).getAllByRole('tab')
    expect(first).toHaveProperty('ariaSelected', 'true')
    expect(screen.getByRole('tabpanel', { name: first?.textContent ?? '' })).toBeTruthy()
    fireEvent.keyDown(document.body, { key: '1' })
    expect(playground.store.getState().stageView).toBe(STAGE_VIEWS[0].id)
  })

  it('draws the charts and tells their newest values', async () => {
    const { tell } = openRun()
    await act(() => vi.dynamicImportSettled())
    tell(training(metrics(5, { loss: 2.5 })), training(metrics(10, { loss: 1.25 })))
    const loss = screen.getByRole('figure', { name: /^Loss/ })
    expect(within(loss).getByRole('list', { name: 'Loss at step 10' }).textContent).toContain('total 1.25')
    expect(loss.querySelectorAll('path.recharts-curve:not([stroke-opacity])')).toHaveLength(3)
    // The lines are cut at the axes, and lie where the axes say.
    const area = loss.querySelector('path.recharts-curve')!.closest('svg')!
    const number = (name: string) => Number(area.getAttribute(name))
    expect(area.parentElement!.closest('svg')).not.toBeNull()
    expect(area.getAttribute('viewBox')).toBe([number('x'), number('y'), number('width'), number('height')].join(' '))
    expect(number('x')).toBeGreaterThan(0)
    tell(training({ type: 'applied', step: 10, changes: { epsilon: 0.03 } }))
    expect(within(loss).getByText('ε 0.05 → 0.03')).toBeTruthy()
  })

  it('tells a chart’s values as they were when it got the focus, until a key moves on', async () => {
    const { tell } = openRun()
    await act(() => vi.dynamicImportSettled())
    tell(training(metrics(5, { loss: 2.5 })), training(metrics(10, { loss: 1.25 })))
    const cursor = screen.getByRole('slider', { name: 'Loss: step under the cursor' })
    act(() => cursor.focus())
    tell(training(metrics(15, { loss: 0.5 })))
    expect(cursor.getAttribute('aria-valuetext')).toMatch(/^step 10: total 1\.25/)
    fireEvent.keyDown(cursor, { key: 'ArrowRight' })
    expect(cursor.getAttribute('aria-valuetext')).toMatch(/^step 15: total 0\.50/)
    act(() => cursor.blur())
    tell(training(metrics(20, { loss: 0.25 })))
    expect(cursor.getAttribute('aria-valuetext')).toMatch(/^step 20: /)
  })
})

describe('keys', () => {
  it('train, step and reset, but not while somebody types', () => {
    const { session } = open()
    fireEvent.keyDown(document.body, { key: ' ' })
    expect(session.sent.at(-1)).toMatchObject({ kind: 'start', paused: false })
    fireEvent.keyDown(document.body, { key: 'r' })
    expect(session.sent.at(-1)).toEqual({ kind: 'reset' })
    fireEvent.keyDown(document.body, { key: 's' })
    expect(session.sent.at(-1)).toMatchObject({ kind: 'start', paused: true })
    const before = session.sent.length
    const typed = screen.getByRole('textbox', { name: 'Epsilon, typed' })
    for (const key of [' ', 's', 'r']) fireEvent.keyDown(typed, { key })
    fireEvent.keyDown(screen.getByRole('button', { name: 'Reset' }), { key: ' ' })
    fireEvent.keyDown(document.body, { key: 'r', ctrlKey: true })
    expect(session.sent).toHaveLength(before)
  })
})
