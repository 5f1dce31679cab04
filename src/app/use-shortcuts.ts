import { useEffect } from 'react'
import { usePlayground } from './playground-context'

/** Space trains or pauses, S steps, R resets, unless the focus is on something that wants the key itself. */
export function useShortcuts(): void {
  const trainOrPause = usePlayground((state) => state.trainOrPause)
  const step = usePlayground((state) => state.step)
  const reset = usePlayground((state) => state.reset)
  useEffect(() => {
    const actions = new Map([[' ', trainOrPause], ['s', step], ['r', reset]])
    function onKey(event: KeyboardEvent) {
      const action = actions.get(event.key.toLowerCase())
      if (!action || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return
      if (event.target instanceof Element && wantsKeys(event.target, event.key)) return
      event.preventDefault()
      action()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [trainOrPause, step, reset])
}

function wantsKeys(target: Element, key: string): boolean {
  const typing = 'select, textarea, [contenteditable], input:not([type="range"], [type="radio"])'
  return target.matches(typing) || (key === ' ' && target.matches('button, summary, a, input'))
}
