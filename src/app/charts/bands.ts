import { COLLAPSED, EVEN } from '../../state/diagnosis'

/** A range of values that means something, in words. */
export interface Band {
  from: number
  to: number
  mood: 'good' | 'warning'
  /** Absent where lines would run through the words. */
  text?: string
}

/** What the entropy of the mean prediction over K prototypes means, by the diagnosis’s own limits. */
export function entropyBands(prototypes: number): Band[] {
  const greatest = Math.log(prototypes)
  return [
    { from: 0, to: COLLAPSED * greatest, mood: 'warning', text: 'mean p down here: collapse' },
    { from: EVEN * greatest, to: greatest, mood: 'good' },
  ]
}
