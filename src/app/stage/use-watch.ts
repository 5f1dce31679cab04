import { useEffect, useState, type RefObject } from 'react'
import { usePlayground } from '../playground-context'

/** Tells the worker how many rows of assignments are on screen: none while nobody can see them. */
export function useWatch(ref: RefObject<HTMLElement | null>, rows: number): void {
  const watch = usePlayground((state) => state.watch)
  const onScreen = useOnScreen(ref)
  const shown = onScreen ? rows : 0
  useEffect(() => watch(shown), [watch, shown])
  useEffect(() => () => watch(0), [watch])
}

function useOnScreen(ref: RefObject<HTMLElement | null>): boolean {
  const [intersects, setIntersects] = useState(true)
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
