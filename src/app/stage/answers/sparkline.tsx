import { count } from '../../format'
import styles from './predictions.module.css'

interface Props {
  /** Shares over the steps of the run. */
  points: { step: number; share: number }[]
  /** What the share is of. */
  name: string
}

/** A share from 0 to 1 over the steps of the run, as a small curve. */
export function Sparkline({ points, name }: Props) {
  const [first, last] = [points[0], points.at(-1)]
  if (!first || !last) return null
  const width = Math.max(1, last.step - first.step)
  const at = ({ step, share }: { step: number; share: number }) => `${(100 * (step - first.step)) / width},${100 - 100 * share}`
  const label = points.length === 1
    ? `Probability of “${name}” at step ${count(last.step)}: ${last.share.toFixed(2)}`
    : `Probability of “${name}” from step ${count(first.step)} to ${count(last.step)}: ${first.share.toFixed(2)} at first, ${last.share.toFixed(2)} now`
  return (
    <div className={styles.history}>
      <svg className={styles.curve} viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-label={label}>
        <path d="M0,0H100M0,100H100" className={styles.rails} />
        <polyline points={(points.length === 1 ? [`0,${100 - 100 * last.share}`, `100,${100 - 100 * last.share}`] : points.map(at)).join(' ')} />
      </svg>
      <span aria-hidden>{last.share.toFixed(2)}</span>
    </div>
  )
}
