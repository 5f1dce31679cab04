import { ASSIGNING } from '../../recipe/field'
import { diagnose } from '../../state/diagnosis'
import { decimal, percent } from '../format'
import { usePlayground, useSeries } from '../playground-context'
import styles from './stage.module.css'

/** The state of the clusters in words and in four numbers. */
export function KeyNumbers() {
  const { series } = useSeries()
  const run = usePlayground((state) => state.run)
  const formMethod = usePlayground((state) => state.form.method)
  const method = run.recipe?.method ?? formMethod
  const greatest = Math.log(series.lens.usage?.length ?? NaN)
  const usage = shareOf(series.latest('meanPredictionEntropy'), greatest)
  const softness = shareOf(series.latest('assignmentEntropy'), greatest)
  const { mood, title, sentence } = diagnose({ method, usage, softness, loss: series.latest('loss') })
  const { evaluation, bestTestAccuracy } = run
  const classes = run.classNames.length
  return (
    <aside className={styles.numbers} aria-label="Key numbers">
      <div className={styles.diagnosis} data-mood={mood}>
        <h3>{title}</h3>
        <p>{sentence}</p>
      </div>
      <dl>
        <Tile
          name="test accuracy"
          value={percent(evaluation?.testAccuracy)}
          note={bestTestAccuracy === undefined ? chance(classes) : `best ${percent(bestTestAccuracy)} · ${chance(classes)}`}
          large
        />
        {evaluation?.teacherAccuracy !== undefined && <Tile name="teacher" value={percent(evaluation.teacherAccuracy)} />}
        {evaluation?.teacherAccuracy !== undefined && <Tile name="student" value={percent(evaluation.studentAccuracy)} />}
        {ASSIGNING.includes(method) && (
          <Tile name="usage entropy" value={decimal(usage)} note="1: all prototypes alike" row />
        )}
        {ASSIGNING.includes(method) && (
          <Tile name="assignment entropy" value={decimal(softness)} note="0: hard, 1: uniform" row />
        )}
      </dl>
    </aside>
  )
}

interface TileProps {
  name: string
  value: string
  note?: string
  /** The number that counts most. */
  large?: boolean
  /** The value stands beside its name. */
  row?: boolean
}

function Tile({ name, value, note, large, row }: TileProps) {
  return (
    <div className={large ? styles.largeTile : row ? styles.rowTile : styles.tile}>
      <dt>{name}</dt>
      <dd>{value}</dd>
      {note && <dd className={styles.note}>{note}</dd>}
    </div>
  )
}

function shareOf(entropy: number | undefined, greatest: number): number | undefined {
  return entropy === undefined || Number.isNaN(greatest) ? undefined : entropy / greatest
}

function chance(classes: number): string {
  return classes > 0 ? `guessing ${percent(1 / classes)}` : ''
}
