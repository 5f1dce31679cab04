import { beforeAll, expect, it } from 'vitest'
import { connectNodeBackend } from '../compute/connect-node'
import { shapesSource } from '../data/shapes'
import { DEFAULT_RECIPE, parseRecipe } from '../recipe/recipe'
import { SHORT, signalsAtTheEnd, SWITCHES } from './collapses'

beforeAll(() => connectNodeBackend('wasm'))

const recipe = parseRecipe(
  { ...SHORT, width: 4, projectorWidth: 64, featureSize: 32, trainSize: 300, testSize: 50, unlabelledBatch: 32, prototypes: 10, steps: 100, metricsEvery: 50,
    warmup: 5, learningRate: 0.2, cropMinimum: 0.8, jitter: 0, grayscale: 0, epsilon: 0.03 },
  DEFAULT_RECIPE,
)
const signalsOf = (name: string) => signalsAtTheEnd(parseRecipe(SWITCHES.find((known) => known.name === name)!.changes, recipe), shapesSource(recipe))

it('the signals are those of the last step, whatever the rhythm of the metrics', async () => {
  const every = (metricsEvery: number) => signalsAtTheEnd({ ...recipe, steps: 3, metricsEvery }, shapesSource(recipe))
  expect(await every(2)).toEqual(await every(3))
})

it.each(['SwAV', 'DINO'])('%s uses all its prototypes, and says something of each picture', async (name) => {
  const { usage, assignment } = await signalsOf(name)
  expect(usage).toBeGreaterThan(0.65)
  expect(assignment).toBeLessThan(0.6)
})

it.each(['SwAV, Sinkhorn off', 'DINO, centring off'])('%s falls into one prototype', async (name) => {
  const { usage, prediction } = await signalsOf(name)
  expect(usage).toBeLessThan(0.5)
  expect(prediction).toBeLessThan(0.5)
})

it('a teacher that does not sharpen leaves every prediction even', async () => {
  const { usage, prediction, assignment } = await signalsOf('DINO, sharpening off (teacher temperature 1)')
  expect(Math.min(usage, prediction, assignment)).toBeGreaterThan(0.98)
})
