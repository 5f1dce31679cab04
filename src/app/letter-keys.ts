import { Announcer } from '../state/announcer'
import { storage } from '../state/storage'

const REMEMBERED = 'letter-keys'

/** Whether letters, digits and signs are shortcuts: who dictates or hits keys by chance switches them off, for later visits too. */
class LetterKeys extends Announcer {
  #on = storage()?.getItem(REMEMBERED) !== 'off'

  readonly areOn = (): boolean => this.#on

  turn(on: boolean): void {
    this.#on = on
    if (on) storage()?.removeItem(REMEMBERED)
    else storage()?.setItem(REMEMBERED, 'off')
    this.announce()
  }
}

export const letterKeys = new LetterKeys()
