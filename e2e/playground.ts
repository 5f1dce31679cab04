import { expect, type Locator, type Page } from '@playwright/test'
import { linkOf } from '../src/recipe/link'
import { DEFAULT_RECIPE, type Changes } from '../src/recipe/recipe'

/** A network and batches so small that a step on a GPU in software takes a second. */
export const TINY: Changes = {
  encoder: 'conv4', width: 2, projectorWidth: 32, featureSize: 16, unlabelledBatch: 16, labelledBatch: 8,
  trainSize: 300, testSize: 50, labelsPerClass: 10, learningRate: 0.05, warmup: 0, metricsEvery: 1, evaluateEvery: 50,
  cropMinimum: 0.8, labelledCropMinimum: 0.8, jitter: 0, labelledJitter: 0, grayscale: 0, labelledGrayscale: 0,
}

type Backend = 'webgpu' | 'wasm'

/** The page as a person uses it. */
export class Playground {
  readonly train: Locator
  readonly pause: Locator
  readonly step: Locator
  readonly reset: Locator
  readonly status: Locator
  readonly notices: Locator
  readonly charts: Locator
  readonly heatMap: Locator

  constructor(readonly page: Page) {
    const run = page.getByRole('group', { name: 'Run' })
    this.train = run.getByRole('button', { name: 'Train' })
    this.pause = run.getByRole('button', { name: 'Pause' })
    this.step = run.getByRole('button', { name: 'Step' })
    this.reset = run.getByRole('button', { name: 'Reset' })
    // An output element is a status too: the charts have one.
    this.status = page.getByRole('status').and(page.locator('p'))
    this.notices = page.getByRole('region', { name: 'Notices' })
    this.charts = page.getByRole('region', { name: 'Charts' })
    this.heatMap = page.getByRole('img', { name: /heat map of/ })
  }

  /** Opens the page with a recipe in its link; resolves when a backend is ready to train. */
  async open(changes: Changes = {}, backend?: Backend): Promise<void> {
    const link = linkOf({ ...DEFAULT_RECIPE, ...changes })
    await this.page.goto(`./${backend ? `?backend=${backend}` : ''}#${link}`)
    await this.ready()
  }

  /** Waits until a backend was probed and the pictures are there. */
  async ready(): Promise<void> {
    await expect(this.backend).toHaveText(/^(WebGPU|WASM|WebGL|CPU) · /, { timeout: 60_000 })
    await expect(this.pictures.first()).toBeVisible()
  }

  get backend(): Locator {
    return this.page.getByRole('button', { name: / · |backend/ })
  }

  /** The sheets of training pictures, on the left and, before a run, on the stage. */
  get pictures(): Locator {
    return this.page.getByRole('img', { name: /training pictures, of \d+ classes/ })
  }

  get settings(): Locator {
    return this.page.getByRole('complementary', { name: 'Settings' })
  }

  slider(name: string): Locator {
    return this.settings.getByRole('slider', { name })
  }

  /** The number of the last step, as the top bar tells it. */
  async stepNumber(): Promise<number> {
    const counters = await this.page.getByText(/^step [\d\u202f]+ \//).textContent()
    return Number(/step ([\d\u202f]+)/.exec(counters ?? '')?.[1]?.replaceAll('\u202f', ''))
  }

  async reaches(step: number, timeout = 120_000): Promise<void> {
    await expect.poll(() => this.stepNumber(), { timeout }).toBeGreaterThanOrEqual(step)
  }

  /** Pauses and returns the step at which the run stands, once the last chart shows it. */
  async halt(): Promise<number> {
    await this.pause.click()
    await expect(this.train).toBeVisible()
    const halted = await this.stepNumber()
    await expect.poll(() => this.chartedStep()).toBe(halted)
    return halted
  }

  /** Takes one step and returns its number, once the last chart shows it. */
  async stepOnce(): Promise<number> {
    const next = await this.chartedStep() + 1
    await this.step.click()
    await expect.poll(() => this.chartedStep(), { timeout: 60_000 }).toBe(next)
    expect(await this.stepNumber()).toBe(next)
    return next
  }

  /** The last step on the chart that is drawn last. */
  private async chartedStep(): Promise<number> {
    const legend = this.charts.getByRole('list', { name: /^Entropy at step/ })
    return Number(/\d+$/.exec(await legend.getAttribute('aria-label') ?? '')?.[0])
  }

  /** The newest value of a line, as the legend of its chart tells it. */
  async latest(chart: string, line: string): Promise<number> {
    const legend = this.page.getByRole('list', { name: new RegExp(`^${chart} at step`) })
    return Number(await legend.getByRole('listitem').filter({ hasText: line }).locator('b').textContent())
  }

  /** Drops files as a person’s hand does; without any, a word. */
  async drop(...files: string[]): Promise<void> {
    const devtools = await this.page.context().newCDPSession(this.page)
    const data = { items: files.length > 0 ? [] : [{ mimeType: 'text/plain', data: 'a word' }], files, dragOperationsMask: 1 }
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await devtools.send('Input.dispatchDragEvent', { type, x: 640, y: 300, data })
    }
    await devtools.detach()
  }

  /** Picks files by the button. */
  async choose(...files: string[]): Promise<void> {
    const chooser = this.page.waitForEvent('filechooser')
    await this.settings.getByRole('button', { name: 'Archive or zip…' }).click()
    await (await chooser).setFiles(files)
  }

  /** How many colours a canvas shows: a blank one has one. */
  async coloursOf(canvas: Locator): Promise<number> {
    return canvas.evaluate((element: HTMLCanvasElement) => {
      const { data } = element.getContext('2d')!.getImageData(0, 0, element.width, element.height)
      return new Set(new Uint32Array(data.buffer)).size
    })
  }

  /** How many points the lines of a chart have, the faint ones behind them left out. */
  async pointsOf(chart: string): Promise<number[]> {
    const lines = this.page.getByRole('figure', { name: `${chart} over the steps of the run` }).locator('path.recharts-curve:not([stroke-opacity])')
    return lines.evaluateAll((paths) => paths.map((path) => path.getAttribute('d')?.split(/[ML]/).length ?? 0).map((parts) => parts - 1))
  }
}
