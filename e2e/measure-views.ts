import type { Page } from '@playwright/test'
import { Playground } from './playground'

/** A machine’s speed drifts within minutes: being looked at is compared this often with the time right before and after. */
const ROUNDS = 3

export interface ViewCost {
  /** Steps a second while no view shows anything of the model: before the first round and after each. */
  unwatchedStepsPerSecond: number[]
  /** With the map on screen and all else asked for too, as if all views were there together. */
  watchedStepsPerSecond: number[]
  /** Median over the rounds. */
  lostShare: number
}

/** What it costs a run on `page` to be looked at. The run goes on all the time, so that its steps are alike. */
export async function measureViewCost(page: Page, unwatchedSeconds: number): Promise<ViewCost> {
  await new Playground(page).reaches(10)
  const unwatched = [await unwatchedSpeed(page, unwatchedSeconds)]
  const watched: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    watched.push(await watchedSpeed(page))
    unwatched.push(await unwatchedSpeed(page, unwatchedSeconds))
  }
  const lost = watched.map((speed, round) => 1 - speed / ((unwatched[round]! + unwatched[round + 1]!) / 2))
  return { unwatchedStepsPerSecond: unwatched, watchedStepsPerSecond: watched, lostShare: lost.sort((a, b) => a - b)[(ROUNDS - 1) / 2]! }
}

async function unwatchedSpeed(page: Page, seconds: number): Promise<number> {
  // In a run that goes freely the lens asks for nothing.
  await page.getByRole('tab', { name: 'One step' }).click()
  const from = await lastStep(page)
  await page.waitForTimeout(seconds * 1_000)
  return speed(from, await lastStep(page))
}

/** From the end of one snapshot to the end of the next. */
async function watchedSpeed(page: Page): Promise<number> {
  await page.getByRole('tab', { name: 'Map' }).click()
  await page.evaluate(() => {
    window.snapshotsBefore = window.workerEvents.filter(({ kind }) => kind === 'snapshot').length
    window.trainingWorker?.postMessage({ kind: 'watch', watch: { assignments: 32, snapshot: true, answers: true, lens: false } })
  })
  await snapshots(page, 1)
  const from = await lastStep(page)
  await snapshots(page, 2)
  return speed(from, await lastStep(page))
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
