import { expect, test } from 'vitest'
import { DEFAULT_RECIPE } from '../recipe/recipe'
import { PICTURE_BYTES, type PictureSet } from './picture-set'
import { FORMS } from './shape-forms'
import { TEXTURES } from './shape-textures'
import { drawShapes, shapesSource, type Meaning } from './shapes'

const CLEAR = { seed: 5, meaning: 'form', difficulty: 0.3 } as const

const picture = ({ pixels }: PictureSet, i: number) => pixels.subarray(i * PICTURE_BYTES, (i + 1) * PICTURE_BYTES)

test('ten classes take turns, and the source names them by form or by texture', () => {
  const source = shapesSource({ trainSize: 40, testSize: 20, ...CLEAR })
  expect(source.dataset).toBe('shapes')
  expect(source.classNames).toEqual(Object.keys(FORMS))
  expect([...source.train.labels.subarray(8, 12)]).toEqual([8, 9, 0, 1])
  expect(source.train.pixels).toHaveLength(40 * PICTURE_BYTES)
  expect(source.test!.labels).toHaveLength(20)
  expect(shapesSource({ trainSize: 40, testSize: 20, ...CLEAR, meaning: 'texture' }).classNames).toEqual(Object.keys(TEXTURES))
})

test('form and texture are independent: each hundred pictures hold every pair once, and the meaning changes no pixel', () => {
  const [byForm, byTexture] = (['form', 'texture'] as const).map((meaning) => drawShapes(300, { ...CLEAR, meaning }))
  expect(Buffer.compare(byForm!.pixels, byTexture!.pixels)).toBe(0)
  for (const start of [0, 100, 200]) {
    const pairs = new Set(Array.from({ length: 100 }, (_, i) => `${byForm!.labels[start + i]} ${byTexture!.labels[start + i]}`))
    expect(pairs.size).toBe(100)
  }
})

test('the seed alone decides: same seed, same pictures; a longer set begins with the shorter', () => {
  const set = drawShapes(30, CLEAR)
  expect(Buffer.compare(drawShapes(60, CLEAR).pixels.subarray(0, set.pixels.length), set.pixels)).toBe(0)
  expect(Buffer.compare(drawShapes(30, { ...CLEAR, seed: 6 }).pixels, set.pixels)).not.toBe(0)
})

test('no two pictures are alike, within a part and between training and test', () => {
  const { train, test: held } = shapesSource({ trainSize: 300, testSize: 300, ...CLEAR, difficulty: 0 })
  const seen = new Set([train, held!].flatMap((set) => Array.from(set.labels, (_, i) => picture(set, i).join())))
  expect(seen.size).toBe(600)
})

test.each([0, 0.3, 1])('pictures of difficulty %d are neither dark, nor washed out, nor flat', (difficulty) => {
  const set = drawShapes(200, { ...CLEAR, difficulty })
  for (let i = 0; i < 200; i++) {
    const values = Array.from(picture(set, i))
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)
    expect(mean).toBeGreaterThan(15)
    expect(mean).toBeLessThan(245)
    expect(deviation).toBeGreaterThan(8)
  }
})

test.each(Object.entries(FORMS))('%s fills a good part of its circle and stays near it', (_, form) => {
  let inside = 0
  let count = 0
  for (let y = -1.5; y <= 1.5; y += 0.02) {
    for (let x = -1.5; x <= 1.5; x += 0.02) {
      const distance = form(x, y)
      if (x * x + y * y > 1.3) expect(distance).toBeGreaterThan(0)
      if (distance < 0) inside++
      count++
    }
  }
  const area = (9 * inside) / count
  expect(area).toBeGreaterThan(0.8)
  expect(area).toBeLessThan(2.6)
})

test('every pair of forms differs by a good part of its area', () => {
  const masks = Object.values(FORMS).map((form) =>
    Array.from({ length: 60 * 60 }, (_, i) => form((i % 60) / 25 - 1.2, Math.floor(i / 60) / 25 - 1.2) < 0))
  masks.forEach((one, i) => {
    for (const other of masks.slice(i + 1)) {
      const differing = one.filter((inside, at) => inside !== other[at]).length
      // A disc and a hexagon are the closest two.
      expect(differing).toBeGreaterThan(0.06 * one.filter(Boolean).length)
    }
  })
})

test('ten textures stay between 0 and 1, and nine of them vary', () => {
  const values = Object.values(TEXTURES).map((texture) =>
    Array.from({ length: 400 }, (_, i) => texture((i % 20) / 5 - 2, Math.floor(i / 20) / 5 - 2, 0.2)))
  expect(values).toHaveLength(10)
  for (const value of values.flat()) {
    expect(value).toBeGreaterThanOrEqual(0)
    expect(value).toBeLessThanOrEqual(1)
  }
  expect(values.filter((list) => Math.max(...list) - Math.min(...list) > 0.5)).toHaveLength(9)
})

test.each<Meaning>(['form', 'texture'])('a linear classifier on pixels finds something of the %s, and far from everything', (meaning) => {
  const { difficulty } = DEFAULT_RECIPE
  const accuracy = linearAccuracy(
    drawShapes(2_000, { seed: 1, meaning, difficulty }), drawShapes(500, { seed: 1, meaning, difficulty }, 'test'), 10,
  )
  expect(accuracy).toBeGreaterThan(0.12)
  expect(accuracy).toBeLessThan(0.6)
})

/** Accuracy on `held` of softmax regression on pixels, trained on `train` by stochastic gradient descent. */
function linearAccuracy(train: PictureSet, held: PictureSet, classes: number): number {
  const weights = Array.from({ length: classes }, () => new Float32Array(PICTURE_BYTES))
  for (let epoch = 0; epoch < 3; epoch++) {
    train.labels.forEach((label, i) => {
      const input = Float32Array.from(picture(train, i), centred)
      const exponentials = weights.map((row) => Math.exp(dot(row, input)))
      const sum = exponentials.reduce((total, value) => total + value, 0)
      weights.forEach((row, k) => add(row, input, 1e-4 * ((k === label ? 1 : 0) - exponentials[k]! / sum)))
    })
  }
  const right = Array.from(held.labels).filter((label, i) => {
    const scores = weights.map((row) => dot(row, Float32Array.from(picture(held, i), centred)))
    return scores.indexOf(Math.max(...scores)) === label
  })
  return right.length / held.labels.length
}

function centred(value: number): number {
  return value / 64 - 1.7
}

function dot(row: Float32Array, input: Float32Array): number {
  let sum = 0
  for (let i = 0; i < row.length; i++) sum += row[i]! * input[i]!
  return sum
}

function add(row: Float32Array, input: Float32Array, factor: number): void {
  for (let i = 0; i < row.length; i++) row[i]! += factor * input[i]!
}
