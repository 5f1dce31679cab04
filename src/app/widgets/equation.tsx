import { Suspense, lazy } from 'react'

/** The formula renderer comes when the first formula does. */
const Formula = lazy(() => import('./formula'))

/** A formula in TeX, for eyes and screen readers. */
export function Equation({ tex }: { tex: string }) {
  return (
    <Suspense fallback={<span aria-hidden>…</span>}>
      <Formula tex={tex} />
    </Suspense>
  )
}

/** A name as it is, within a formula. */
export function texName(name: string): string {
  return `\\text{${name.replace(/[\\{}$&#^_%~]/g, ' ')}}`
}
