/** What a person changed about the labels that the seed gave: pictures by their numbers in the source. */
export interface LabelEdits {
  given: ReadonlySet<number>
  taken: ReadonlySet<number>
}

export const NO_EDITS: LabelEdits = { given: new Set(), taken: new Set() }

/** Characters that a text of edits may have: a link still carries them. */
export const LONGEST_EDITS = 20_000
/** One more than the largest number that a picture may have. */
const PICTURES = 1_000_000
const LIST = /^(?:[0-9a-z]{1,4}(?:\*[0-9a-z]{1,4})?(?:\.|$))*$/

/**
 * Writes edits as a short text that a link carries unescaped: the given numbers, then behind `_` the taken ones,
 * each list ascending, as gaps to the number before, to the base of 36, parted by full stops; `a*b` is the gap a,
 * b times. So `3.a*2_5` gives 3, 13 and 23 and takes 5. No edit is an empty text.
 */
export function writeLabelEdits({ given, taken }: LabelEdits): string {
  const lists = [writeList(given), writeList(taken)] as const
  return lists[1] ? lists.join('_') : lists[0]
}

/** @throws RangeError when the text is not one that `writeLabelEdits` writes */
export function readLabelEdits(text: string): LabelEdits {
  if (text === '') return NO_EDITS
  const lists = text.split('_')
  if (lists.length > 2) throw new RangeError('One _ parts what is given from what is taken.')
  const [given, taken] = [readList(lists[0]!), readList(lists[1] ?? '')]
  for (const picture of given) if (taken.has(picture)) throw new RangeError(`Picture ${picture} is given and taken.`)
  return { given, taken }
}

export function areLabelEdits(text: string): boolean {
  try {
    readLabelEdits(text)
    return true
  } catch {
    return false
  }
}

function writeList(numbers: ReadonlySet<number>): string {
  const runs: { gap: number; times: number }[] = []
  let before = -1
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const gap = number - before
    const last = runs.at(-1)
    if (last?.gap === gap) last.times++
    else runs.push({ gap, times: 1 })
    before = number
  }
  return runs.map(({ gap, times }) => gap.toString(36) + (times > 1 ? `*${times.toString(36)}` : '')).join('.')
}

function readList(text: string): Set<number> {
  if (!LIST.test(text) || text.endsWith('.')) throw new RangeError('A list of edits is gaps parted by full stops.')
  const numbers = new Set<number>()
  let last = -1
  for (const part of text === '' ? [] : text.split('.')) {
    const [gap, times] = part.split('*').map((digits) => parseInt(digits, 36))
    if (gap === 0 || last + gap! * (times ?? 1) >= PICTURES) throw new RangeError('A list of edits ascends to one million at most.')
    for (let left = times ?? 1; left > 0; left--) numbers.add((last += gap!))
  }
  return numbers
}
