import { env, setBackend } from '@tensorflow/tfjs-core'
import { timesOf, type Times } from './clock'
import { DisagreementError, type Contestant } from './contestant'
import type { Counter, Counts } from './counts'

/** A contestant with the backend that has to be set before its steps; jax-js needs none. */
export interface Entry {
  contestant: Contestant
  backend?: string
  /** Of its device, since before it held anything. */
  counter?: Counter
}

export interface StepTimes {
  name: string
  note?: string
  milliseconds: Times
  /** Of all processors together, where that can be told: on a software adapter what else runs on the machine leaves it alone. */
  processorMilliseconds?: Times
  /** Of the first steps, which all contestants take from the same start. */
  losses: number[]
  /** One step’s, in a steady run; absent where there is no device to count. */
  counts?: Counts & { held: number }
}

/** Milliseconds since whenever. */
export type Clock = () => number

/** Losses of two contestants may differ by this share: they add in other orders. */
const AGREEMENT = 0.02

interface TurnOptions {
  warmUp?: number
  processorTime?: Clock
}

/**
 * Lets contestants take the same steps in turn.
 * @param rounds timed steps of each
 * @throws DisagreementError when their losses differ
 */
export async function raceSteps(entries: readonly Entry[], rounds: number, options?: TurnOptions): Promise<StepTimes[]> {
  const runs = await stepInTurn(entries, rounds, options)
  demandAgreement(runs)
  return runs
}

/**
 * Times steps of all entries in turn, so that what else loads the machine loads all of them.
 * @param rounds timed steps of each
 */
export async function stepInTurn(
  entries: readonly Entry[], rounds: number, { warmUp = 2, processorTime }: TurnOptions = {},
): Promise<StepTimes[]> {
  const results = entries.map(() => (
    { losses: [] as number[], times: [] as number[], processor: [] as number[], counts: undefined as StepTimes['counts'] }))
  for (let round = 0; round < warmUp + rounds; round++) {
    for (const [i, { contestant, backend, counter }] of entries.entries()) {
      if (backend) await setBackend(backend)
      counter?.reset()
      const [begun, used] = [performance.now(), processorTime?.() ?? 0]
      const loss = await contestant.step().done
      const time = performance.now() - begun
      results[i]!.losses.push(loss)
      if (round >= warmUp) {
        results[i]!.times.push(time)
        if (processorTime) results[i]!.processor.push(processorTime() - used)
      }
      if (counter) results[i]!.counts = { ...counter.counts, held: counter.held }
    }
  }
  return entries.map(({ contestant: { name, note } }, i) => {
    const { losses, times, processor, counts } = results[i]!
    return {
      name, ...(note !== undefined && { note }), milliseconds: timesOf(times), losses, ...(counts && { counts }),
      ...(processorTime && { processorMilliseconds: timesOf(processor) }),
    }
  })
}

function demandAgreement(runs: readonly StepTimes[]): void {
  const [first, ...others] = runs
  for (const other of others) {
    const step = first!.losses.findIndex((loss, i) => !(Math.abs(loss - other.losses[i]!) <= AGREEMENT * Math.abs(loss)))
    if (step >= 0) {
      throw new DisagreementError(
        `The losses differ at step ${step + 1}: ${first!.losses[step]} of ${first!.name}, ${other.losses[step]} of ${other.name}.`,
      )
    }
  }
}

/**
 * Time in JavaScript and in calls of the API alone, on devices that compute nothing: a step of each in turn.
 * @param warmUp steps until the engine has compiled what it runs often
 */
export async function callTimes(entries: readonly Entry[], count: number, { warmUp = 30, clock = () => performance.now() } = {}): Promise<Times[]> {
  const times = entries.map((): number[] => [])
  for (let i = 0; i < warmUp + count; i++) {
    for (const [at, { contestant, backend }] of entries.entries()) {
      if (backend) await setBackend(backend)
      const begun = clock()
      const { done } = contestant.step()
      const time = clock() - begun
      await done
      if (i >= warmUp) times[at]!.push(time)
    }
  }
  return times.map(timesOf)
}

/** tfjs’s flag that decides which of its two kernels gives a convolution’s gradient in its input. */
const NAIVE = 'WEBGPU_USE_NAIVE_CONV2D_TRANSPOSE'

/** Sets stock tfjs’s faster choice, found by a step with each after one to warm up; returns it in words. */
export async function chooseStockFlags({ contestant, backend }: Entry): Promise<string> {
  await setBackend(backend!)
  const times: number[] = []
  for (const naive of [true, false]) {
    env().set(NAIVE, naive)
    await contestant.step().done
    const begun = performance.now()
    await contestant.step().done
    times.push(performance.now() - begun)
  }
  const naive = times[0]! < times[1]!
  env().set(NAIVE, naive)
  return `${NAIVE}=${naive}, the faster of both`
}
