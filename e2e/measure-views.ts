import type { Page } from '@playwright/test'
import { Playground } from './playground'

/** Snapshots that make up the watched time: it is measured from the end of one to the end of another. */
const SNAPSHOTS = 3

export interface ViewCost {
  /** Steps a second while no view shows anything of the model, before and after the rest. */
  unwatchedStepsPerSecond: [number, number]
  /** With the map on screen and all else asked for too, as if all views were there together. */
  watchedStepsPerSecond: number
  lostShare: number
}

/** What it costs a run on `page` to be looked at. The run goes on all the time, so that its steps are alike. */
export async function measureViewCost(page: Page, unwatchedSeconds: number): Promise<ViewCost> {
  const playground = new Playground(page)
  const unwatched = async () => {
    // In a run that goes freely the lens asks for nothing.
    await page.getByRole('tab', { name: 'One step' }).click()
    const from = await lastStep(page)
    await page.waitForTimeout(unwatchedSeconds * 1_000)
    return speed(from, await lastStep(page))
  }
  await playground.reaches(10)
  const before = await unwatched()
  await page.getByRole('tab', { name: 'Map' }).click()
  await page.evaluate(() => {
    window.snapshotsBefore = window.workerEvents.filter(({ kind }) => kind === 'snapshot').length
    window.trainingWorker?.postMessage({ kind: 'watch', watch: { assignments: 32, snapshot: true, answers: true, lens: false } })
  })
  await snapshots(page, 1)
  const from = await lastStep(page)
  await snapshots(page, SNAPSHOTS)
  const watched = speed(from, await lastStep(page))
  const after = await unwatched()
  return {
    unwatchedStepsPerSecond: [before, after], watchedStepsPerSecond: watched, lostShare: 1 - watched / ((before + after) / 2),
  }
}

async function snapshots(page: Page, count: number): Promise<void> {
  await page.waitForFunction(
    (wanted) => window.workerEvents.filter(({ kind }) => kind === 'snapshot').length >= window.snapshotsBefore + wanted,
    count, { timeout: 300_000 },
  )
}

interface Mark {
  step: number
  at: number
}

/** The last step that the worker told of, and when. */
function lastStep(page: Page): Promise<Mark> {
  return page.evaluate(() => {
    const said = window.workerEvents.findLast(({ kind }) => kind === 'training')
    return said?.kind === 'training' ? { step: said.event.step, at: said.at } : { step: 0, at: 0 }
  })
}

function speed(from: Mark, to: Mark): number {
  return (to.step - from.step) / ((to.at - from.at) / 1_000)
}
