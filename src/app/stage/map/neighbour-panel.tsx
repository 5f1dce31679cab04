import { isFinished, type NeighbourMap } from '../../../state/embedding-maps'
import { count, percent } from '../../format'
import shared from '../../widgets/shared.module.css'
import styles from './map.module.css'

interface Props {
  neighbours: NeighbourMap | undefined
  /** Steps taken before the newest look at the pictures. */
  step: number
  onStart: () => void
  onCancel: () => void
}

/** Starts, follows and gives up a map of neighbours, and says what it is of. */
export function NeighbourPanel({ neighbours, step, onStart, onCancel }: Props) {
  if (!neighbours) {
    return (
      <div className={styles.panel}>
        <p>UMAP draws together what is near in all dimensions, beside the training.</p>
        <button type="button" className={shared.primary} onClick={onStart}>Compute UMAP of step {count(step)}</button>
      </div>
    )
  }
  const { progress, of } = neighbours
  if (!isFinished(neighbours)) {
    // The neighbours take about a fifth of the time.
    const share = progress.phase === 'neighbours' ? progress.share / 5 : (1 + 4 * progress.share) / 5
    return (
      <div className={styles.panel}>
        <progress value={share} aria-label={`UMAP of step ${of.step}`} />
        <p>{progress.phase === 'neighbours' ? 'Seeking neighbours' : 'Drawing them together'}, {percent(progress.share)}</p>
        <button type="button" className={shared.button} onClick={onCancel}>Cancel</button>
      </div>
    )
  }
  return (
    <div className={styles.panel}>
      <p>UMAP of step {count(of.step)}. Who is near counts; distances between groups, and their sizes, mean little.</p>
      <button type="button" className={shared.button} disabled={step === of.step} onClick={onStart}>Anew, of step {count(step)}</button>
    </div>
  )
}
