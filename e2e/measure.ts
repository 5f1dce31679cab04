import { chromium, type Browser, type Page } from '@playwright/test'
import { METHODS } from '../src/recipe/field'
import { DEFAULT_RECIPE, type Changes } from '../src/recipe/recipe'
import { launchOptions } from './browser'
import { measureViewCost, type ViewCost } from './measure-views'
import { Playground, TINY } from './playground'
import { keepWorkerEvents } from './worker-events'

/** A task of the page’s thread that lasts longer than this delays what a person does. */
const LONG_MILLISECONDS = 50
/** Between these two steps nothing may pile up on the device. */
const [EARLY, LATE] = [20, 220]

declare global {
  interface Window {
    pressedAt: number
    longTasks: number[]
  }
}

export interface Measurements {
  browser: string
  backend: string
  recipe: string
  secondsToFirstStep: number
  stepsPerSecond: number
  /** Tasks of the page’s thread beyond 50 ms while it trained with all charts on screen. */
  watchedSeconds: number
  longTasks: { count: number; longestMilliseconds: number }
  /** The same, by the time that the processor spent on them: other programs do not count. */
  longTasksByProcessorTime: { count: number; longestMilliseconds: number }
  views: ViewCost
  tensors: Record<string, { atStep20: number; atStep220: number }>
}

/** Trains the built page at `address` in a browser, on WASM, and measures what a person would feel; on Shapes, or on pictures of a file that is dropped. */
export async function measure(address: string, watchedSeconds: number, file?: string): Promise<Measurements> {
  const browser = await chromium.launch(await launchOptions('wasm'))
  try {
    const page = await openPage(browser, address)
    const pictures = await openRecipe(page, file)
    return {
      browser: `Chromium ${browser.version()}`,
      recipe: `${pictures}, default recipe (${DEFAULT_RECIPE.method}, ${DEFAULT_RECIPE.encoder})`,
      ...await measureTraining(browser, page, watchedSeconds),
      views: await measureViewCost(page, watchedSeconds / 2),
      tensors: await countTensors(page),
    }
  } finally {
    await browser.close()
  }
}

async function openPage(browser: Browser, address: string): Promise<Page> {
  const page = await browser.newPage({ baseURL: address, viewport: { width: 1280, height: 720 }, serviceWorkers: 'block' })
  await keepWorkerEvents(page)
  await page.addInitScript(() => {
    window.longTasks = []
    addEventListener('pointerdown', () => (window.pressedAt = performance.now()), { capture: true })
    new PerformanceObserver((list) => {
      for (const task of list.getEntries()) if (task.startTime > window.pressedAt) window.longTasks.push(task.duration)
    }).observe({ type: 'longtask' })
  })
  return page
}

/** Opens the page with the default recipe, and tells its pictures. */
async function openRecipe(page: Page, file?: string): Promise<string> {
  const playground = new Playground(page)
  await playground.open({}, 'wasm')
  if (file !== undefined) {
    await playground.drop(file)
    // The pictures are here, and kept for the next visit.
    await page.waitForFunction(() => window.workerEvents.some((said) => said.kind === 'kept' && said.sets.length > 0), null, { timeout: 60_000 })
  }
  return page.evaluate(() => {
    const shown = window.workerEvents.findLast((said) => said.kind === 'dataset')
    return shown ? `${shown.summary.name}, ${shown.summary.split.train} training pictures` : ''
  })
}

async function measureTraining(browser: Browser, page: Page, watchedSeconds: number) {
  const playground = new Playground(page)
  const backend = await playground.backend.textContent() ?? ''
  await browser.startTracing(page, { categories: ['toplevel', '__metadata'] })
  await playground.train.click()
  await page.waitForFunction(() => window.workerEvents.some((said) => said.kind === 'training'), null, { timeout: 120_000 })
  await page.waitForTimeout(watchedSeconds * 1_000)
  const trace = await browser.stopTracing()
  const { pressed, first, last, tasks } = await page.evaluate(() => {
    const told = window.workerEvents.filter((said) => said.kind === 'training')
    const mark = (said: (typeof told)[number] | undefined) => ({ step: said?.event.step ?? 0, at: said?.at ?? 0 })
    return { pressed: window.pressedAt, first: mark(told[0]), last: mark(told.at(-1)), tasks: window.longTasks }
  })
  return {
    backend,
    secondsToFirstStep: (first.at - pressed) / 1_000,
    stepsPerSecond: (last.step - first.step) / ((last.at - first.at) / 1_000),
    watchedSeconds,
    longTasks: longOnes(tasks),
    longTasksByProcessorTime: longOnes(processorTimes(trace)),
  }
}

function longOnes(milliseconds: number[]) {
  const long = milliseconds.filter((duration) => duration > LONG_MILLISECONDS)
  return { count: long.length, longestMilliseconds: Math.round(Math.max(0, ...milliseconds)) }
}

interface TraceEvent {
  name: string
  ph: string
  pid: number
  tid: number
  /** Microseconds of the thread’s own processor time. */
  tdur?: number
  args?: { name?: string }
}

/** What each task of the page’s thread took of the processor, in milliseconds. */
function processorTimes(trace: Buffer): number[] {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] }
  const mains = new Set(traceEvents
    .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
    .map(({ pid, tid }) => `${pid} ${tid}`))
  return traceEvents
    .filter(({ name, pid, tid }) => name.endsWith('RunTask') && mains.has(`${pid} ${tid}`))
    .map(({ tdur = 0 }) => tdur / 1_000)
}

/** Tensors on the device early and late in a run of each method. */
async function countTensors(page: Page): Promise<Measurements['tensors']> {
  const counts: Measurements['tensors'] = {}
  for (const method of METHODS) {
    const changes: Changes = { ...TINY, method, queueLength: 64, metricsEvery: EARLY, evaluateEvery: 100, steps: LATE }
    const playground = new Playground(page)
    await page.goto('about:blank')
    await playground.open(changes, 'wasm')
    await playground.train.click()
    await playground.status.filter({ hasText: 'Finished' }).waitFor({ timeout: 120_000 })
    const at = (step: number) => page.evaluate((wanted) => window.workerEvents.flatMap((said) =>
      said.kind === 'training' && said.event.type === 'metrics' && said.event.step === wanted ? [said.tensors] : [])[0] ?? NaN, step)
    counts[method] = { atStep20: await at(EARLY), atStep220: await at(LATE) }
  }
  return counts
}

/** The measurements as lines of a table. */
export function tableOf(measured: Measurements): string {
  const { longTasks, longTasksByProcessorTime: byProcessor, tensors } = measured
  const rows = [
    ['browser', measured.browser],
    ['backend', measured.backend],
    ['recipe', measured.recipe],
    ['from pressing Train to the first step', `${measured.secondsToFirstStep.toFixed(2)} s`],
    ['steps per second', measured.stepsPerSecond.toFixed(2)],
    [`tasks over ${LONG_MILLISECONDS} ms in ${measured.watchedSeconds} s of training`, `${longTasks.count} (longest ${longTasks.longestMilliseconds} ms)`],
    ['the same by processor time', `${byProcessor.count} (longest ${byProcessor.longestMilliseconds} ms)`],
    ['steps per second, no view of the model on screen', listOf(measured.views.unwatchedStepsPerSecond)],
    ['steps per second, all views of it asked for', `${listOf(measured.views.watchedStepsPerSecond)} (median ${(100 * measured.views.lostShare).toFixed(1)} % fewer)`],
    ...Object.entries(tensors).map(([method, { atStep20, atStep220 }]) =>
      [`tensors of ${method} at step ${EARLY} and ${LATE}`, `${atStep20} and ${atStep220}`]),
  ]
  const width = Math.max(...rows.map(([name]) => name!.length))
  return rows.map(([name, value]) => `${name!.padEnd(width)}  ${value}`).join('\n')
}

function listOf(rates: number[]): string {
  return rates.map((rate) => rate.toFixed(2)).join(', ')
}
