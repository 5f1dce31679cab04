import { useLayoutEffect, useRef, type ComponentProps } from 'react'

interface Props extends ComponentProps<'button'> {
  /** What has the focus after a button that went while it had it. */
  heir: (button: HTMLButtonElement) => HTMLElement | null | undefined
}

/** A button that may go when it is pressed. Without an heir the focus would fall back to the top of the page. */
export function PassingButton({ heir, ...props }: Props) {
  const ref = useRef<HTMLButtonElement>(null)
  const newest = useRef(heir)
  useLayoutEffect(() => void (newest.current = heir), [heir])
  useLayoutEffect(() => {
    const button = ref.current
    return () => {
      if (!button || document.activeElement !== button) return
      const next = newest.current(button)
      // React hears no event while it changes the page.
      queueMicrotask(() => next?.focus({ preventScroll: true }))
    }
  }, [])
  return <button ref={ref} type="button" {...props} />
}
