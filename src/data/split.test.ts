import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PICTURE_BYTES, pictureAt, type PictureSet, type PictureSource } from './picture-set'
import { relabelled, splitPictures, type Split, type SplitRequest } from './split'

/** Pictures that carry their own number in their first two bytes, classes in turn. */
function numbered(count: number, classes: number, first = 0): PictureSet {
  const pixels = new Uint8Array(count * PICTURE_BYTES)
  for (let i = 0; i < count; i++) {
    pixels[i * PICTURE_BYTES] = (first + i) % 256
    pixels[i * PICTURE_BYTES + 1] = Math.floor((first + i) / 256)
  }
  return { pixels, labels: Uint8Array.from({ length: count }, (_, i) => i % classes) }
}

function source(train: PictureSet, classes: number, test?: PictureSet): PictureSource {
  return { dataset: 'cifar10', classNames: Array.from({ length: classes }, (_, i) => `class ${i}`), train, test }
}

function numbers(set: PictureSet): number[] {
  return Array.from(set.labels, (_, i) => pictureAt(set, i)[0]! + 256 * pictureAt(set, i)[1]!)
}

function histogram(labels: Iterable<number>, classes: number): number[] {
  const counts = Array.from({ length: classes }, () => 0)
  for (const label of labels) counts[label]!++
  return counts
}

/** Whether two sets are byte for byte the same (deep equality of long arrays is slow). */
function expectSame(one: PictureSet, other: PictureSet): void {
  expect([...one.labels]).toEqual([...other.labels])
  one.labels.forEach((_, i) => expect(Buffer.compare(pictureAt(one, i), pictureAt(other, i))).toBe(0))
}

const labelledNumbers = (split: Split) => Array.from(split.labelled, (position) => numbers(split.train)[position]!)

const requests = fc.record({
  classes: fc.integer({ min: 2, max: 8 }),
  trainPerClass: fc.integer({ min: 2, max: 12 }),
  remainder: fc.integer({ min: 0, max: 1 }),
  testSize: fc.integer({ min: 1, max: 20 }),
  labelsPerClass: fc.integer({ min: 1, max: 2 }),
  seed: fc.integer({ min: 0, max: 1_000_000 }),
})

test('a split is balanced, disjoint, exactly labelled and repeatable', () => {
  fc.assert(fc.property(requests, ({ classes, trainPerClass, remainder, ...rest }) => {
    const request = { ...rest, trainSize: trainPerClass * classes + remainder }
    const pictures = source(numbered(classes * 24, classes), classes)
    const split = splitPictures(pictures, request)

    expect(split.train.labels).toHaveLength(request.trainSize)
    const trained = histogram(split.train.labels, classes)
    expect(Math.max(...trained) - Math.min(...trained)).toBeLessThanOrEqual(1)

    expect(split.test.labels).toHaveLength(request.testSize)
    const tested = histogram(split.test.labels, classes)
    expect(Math.max(...tested) - Math.min(...tested)).toBeLessThanOrEqual(1)

    const everyone = [...numbers(split.train), ...numbers(split.test)]
    expect(new Set(everyone).size).toBe(everyone.length)
    for (const set of [split.train, split.test]) {
      numbers(set).forEach((number, i) => expect(set.labels[i]).toBe(number % classes))
    }

    expect(new Set(split.labelled).size).toBe(split.labelled.length)
    const labelled = Array.from(split.labelled, (position) => split.train.labels[position]!)
    expect(histogram(labelled, classes)).toEqual(Array.from({ length: classes }, () => request.labelsPerClass))

    const again = splitPictures(pictures, request)
    expectSame(again.train, split.train)
    expectSame(again.test, split.test)
    expect(again.labelled).toEqual(split.labelled)
    expect(again.statistics).toEqual(split.statistics)
  }), { numRuns: 60 })
})

test('more labels contain the fewer, a larger training part the smaller, beside the same test part', () => {
  const pictures = source(numbered(400, 10), 10)
  const request = { trainSize: 100, testSize: 50, labelsPerClass: 2, seed: 7 }
  const few = splitPictures(pictures, request)
  const more = splitPictures(pictures, { ...request, labelsPerClass: 5 })
  const larger = splitPictures(pictures, { ...request, trainSize: 300 })
  expectSame(more.train, few.train)
  expect([...more.labelled]).toEqual(expect.arrayContaining([...few.labelled]))
  expect(numbers(larger.train)).toEqual(expect.arrayContaining(numbers(few.train)))
  expect(labelledNumbers(larger).sort()).toEqual(labelledNumbers(few).sort())
  expectSame(larger.test, few.test)
})

test('seeds give different splits, and the order is shuffled', () => {
  const pictures = source(numbered(400, 10), 10)
  const request = { trainSize: 100, testSize: 50, labelsPerClass: 2, seed: 1 }
  const one = splitPictures(pictures, request)
  const other = splitPictures(pictures, { ...request, seed: 2 })
  expect(numbers(one.train)).not.toEqual(numbers(other.train))
  expect(numbers(one.test)).not.toEqual(numbers(other.test))
  expect([...one.train.labels]).not.toEqual([...one.train.labels].sort())
})

test('the source’s own test part is used whole in its order, or a balanced choice of it', () => {
  const own = numbered(60, 3, 1000)
  own.labels.set([0, 0, 0], 57)
  const pictures = source(numbered(90, 3), 3, own)
  const request = { trainSize: 90, testSize: 60, labelsPerClass: 1, seed: 3 }
  expectSame(splitPictures(pictures, request).test, own)
  expectSame(splitPictures(pictures, { ...request, testSize: 500 }).test, own)
  const part = splitPictures(pictures, { ...request, testSize: 30 }).test
  expect(histogram(part.labels, 3)).toEqual([10, 10, 10])
  expect(Math.min(...numbers(part))).toBeGreaterThanOrEqual(1000)
})

test('statistics are those of the training part alone', () => {
  const train: PictureSet = { pixels: new Uint8Array(4 * PICTURE_BYTES), labels: Uint8Array.of(0, 1, 0, 1) }
  for (let at = 0; at < train.pixels.length; at += 3) {
    train.pixels[at] = at % 2 ? 255 : 0
    train.pixels[at + 1] = 51
    train.pixels[at + 2] = 255
  }
  const own: PictureSet = { pixels: new Uint8Array(2 * PICTURE_BYTES).fill(7), labels: Uint8Array.of(0, 1) }
  const { mean, deviation } = splitPictures(source(train, 2, own), {
    trainSize: 4, testSize: 2, labelsPerClass: 1, seed: 0,
  }).statistics
  expect(mean).toEqual([0.5, 0.2, 1])
  expect(deviation).toEqual([0.5, 1, 1])
})

test.each<[Partial<SplitRequest>, RegExp]>([
  [{ trainSize: 100, labelsPerClass: 11 }, /11 labels .* 10 classes need 110 training pictures.*--labels-per-class/],
  [{ trainSize: 1_200 }, /holds 1,000 training pictures.*held out.*“Training pictures” \(--train-size\) to 950 or less/],
  [{ trainSize: 100, testSize: 1_000 }, /too few to hold out 1,000.*--test-size/],
])('what the data cannot give is refused with the way out: %o', (change, sentence) => {
  const request = { trainSize: 500, testSize: 50, labelsPerClass: 4, seed: 1, ...change }
  expect(() => splitPictures(source(numbered(1_000, 10), 10), request)).toThrow(sentence)
})

test('the named limit is one that works, also for classes of unequal size', () => {
  const uneven = numbered(1_000, 10)
  uneven.labels.fill(3, 0, 30)
  const split = (trainSize: number) =>
    splitPictures(source(uneven, 10), { trainSize, testSize: 50, labelsPerClass: 4, seed: 1 })
  expect(() => split(1_000)).toThrow(/of the class “class 0” 97.*to 920 or less/)
  expect(split(920).train.labels).toHaveLength(920)
})

test('a class without any picture is named', () => {
  const pictures = source(numbered(90, 9), 10, numbered(10, 10))
  expect(() => splitPictures(pictures, { trainSize: 90, testSize: 10, labelsPerClass: 1, seed: 1 }))
    .toThrow(/“class 9” 0.*choose files that hold every class/)
})

test('a test part without a picture of the classes is refused, and the classes are named', () => {
  const pictures = source(numbered(90, 3), 3, numbered(0, 3))
  expect(() => splitPictures(pictures, { trainSize: 90, testSize: 10, labelsPerClass: 1, seed: 1 }))
    .toThrow(/no picture of the classes “class 0”, “class 1”, “class 2”, so nothing could measure the run: give it pictures/)
})

test('imbalanced classes fall off by one factor and keep what they would have had; the test part stays balanced', () => {
  const pictures = source(numbered(1_000, 5), 5)
  const request = { trainSize: 500, testSize: 50, labelsPerClass: 4, seed: 1 }
  const even = splitPictures(pictures, request)
  const uneven = splitPictures(pictures, { ...request, imbalance: 16 })
  expect(histogram(uneven.train.labels, 5)).toEqual([100, 50, 25, 13, 6])
  expect(numbers(even.train)).toEqual(expect.arrayContaining(numbers(uneven.train)))
  expect(labelledNumbers(uneven).sort()).toEqual(labelledNumbers(even).sort())
  expect(numbers(uneven.test)).toEqual(numbers(even.test))
  // A class that is down to fewer pictures than labels has them all labelled.
  const few = splitPictures(pictures, { ...request, imbalance: 100 })
  expect(histogram(Array.from(few.labelled, (position) => few.train.labels[position]!), 5)).toEqual([4, 4, 4, 3, 1])
})

test('labels change without the pictures, by hand and by share, and one label stays', () => {
  const split = splitPictures(source(numbered(400, 10), 10), { trainSize: 100, testSize: 50, labelsPerClass: 2, seed: 7 })
  const [first] = split.labelled
  const taken = `_${(split.pool.origins[first!]! + 1).toString(36)}`
  const changed = relabelled(split, { labelsPerClass: 2, labels: taken })
  expect(changed.train).toBe(split.train)
  expect([...changed.labelled]).toEqual([...split.labelled].slice(1))
  expect(numbers(split.train)).toEqual([...split.pool.origins])
  const none = `_1*${(400).toString(36)}`
  expect(relabelled(split, { labelsPerClass: 2, labels: none })).toBe(split)
  expect(() => splitPictures(source(numbered(400, 10), 10), { trainSize: 100, testSize: 50, labelsPerClass: 2, seed: 7, labels: none }))
    .toThrow(/No picture has a label left.*give a picture its label back/)
})
