import { beforeAll, expect, test } from 'vitest'
import { connectNodeBackend } from '../compute/connect-node'
import { agreementWithMeanings, EASY_FORM } from './meanings'

beforeAll(() => connectNodeBackend('wasm'))

test('SwAV’s clusters follow the easier meaning of Shapes, and four labels a class turn Suave’s prototypes to the other', { timeout: 600_000 }, async () => {
  const clusters = await agreementWithMeanings({ ...EASY_FORM, method: 'swav' })
  const taught = await agreementWithMeanings({ ...EASY_FORM, method: 'suave' })
  expect(clusters.form).toBeGreaterThan(0.25)
  expect(clusters.form).toBeGreaterThan(1.5 * clusters.texture)
  expect(taught.texture).toBeGreaterThan(0.3)
  expect(taught.texture).toBeGreaterThan(1.5 * taught.form)
})
