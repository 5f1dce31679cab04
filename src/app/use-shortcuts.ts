import { useEffect } from 'react'
import { letterKeys } from './letter-keys'
import { usePlaygroundStore } from './playground-context'
import { SHORTCUTS } from './shortcuts'

const ACTIONS = new Map(SHORTCUTS.map(({ key, act }) => [key, act]))

/** Listens for the page’s shortcuts, unless the focus is on something that wants the key itself. */
export function useShortcuts(): void {
  const store = usePlaygroundStore()
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      const act = ACTIONS.get(event.key.toLowerCase())
      if (!act || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return
      if (event.key !== ' ' && !lettersAct()) return
      if (event.target instanceof Element && wantsKeys(event.target, event.key)) return
      event.preventDefault()
      act(store.getState())
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [store])
}

/** A popover is read or filled in: letters are meant for it. */
function lettersAct(): boolean {
  return letterKeys.areOn() && !document.querySelector(':popover-open')
}

function wantsKeys(target: Element, key: string): boolean {
  const typing = 'select, textarea, [contenteditable], input:not([type="range"], [type="radio"])'
  return target.matches(typing) || (key === ' ' && target.matches('button, summary, a, input'))
}
