import { useEffect, useId, useState, type RefObject } from 'react'
import type { Watch } from '../../state/pictures'
import { usePlayground } from '../playground-context'

/** Tells the worker what a view shows, as long as the view’s element is on screen: what is not costs nothing. */
export function useWatch(ref: RefObject<HTMLElement | null>, { assignments = 0, snapshot = false, answers = false, lens = false }: Partial<Watch>): void {
  const watch = usePlayground((state) => state.watch)
  const view = useId()
  const onScreen = useOnScreen(ref)
  useEffect(
    () => watch(view, onScreen ? { assignments, snapshot, answers, lens } : undefined),
    [watch, view, onScreen, assignments, snapshot, answers, lens],
  )
  useEffect(() => () => watch(view), [watch, view])
}

/** Whether an element is in sight; `first` until that is known. */
export function useOnScreen(ref: RefObject<HTMLElement | null>, first = true): boolean {
  const [intersects, setIntersects] = useState(first)
  const [documentShown, setDocumentShown] = useState(!document.hidden)
  useEffect(() => {
    const element = ref.current
    if (!element) return
    const observer = new IntersectionObserver(([entry]) => setIntersects(entry?.isIntersecting ?? true))
    const follow = () => setDocumentShown(!document.hidden)
    observer.observe(element)
    document.addEventListener('visibilitychange', follow)
    return () => {
      observer.disconnect()
      document.removeEventListener('visibilitychange', follow)
    }
  }, [ref])
  return intersects && documentShown
}
