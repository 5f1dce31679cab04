import { ASSIGNING } from '../../recipe/field'
import { diagnose, type Diagnosis } from '../../state/diagnosis'
import { signsOf } from '../../state/signs'
import { decimal, percent } from '../format'
import { usePlayground, useSeries } from '../playground-context'
import { PassingButton } from '../widgets/passing-button'
import styles from './stage.module.css'

/** The state of the clusters in words and in four numbers. */
export function KeyNumbers() {
  const { series } = useSeries()
  const run = usePlayground((state) => state.run)
  const formMethod = usePlayground((state) => state.form.method)
  const method = run.recipe?.method ?? formMethod
  const form = usePlayground((state) => state.form)
  const signs = signsOf(series, run, form)
  const { evaluation, bestTestAccuracy } = run
  const classes = run.classNames.length
  return (
    <aside className={styles.numbers} aria-label="Key numbers" tabIndex={0}>
      <DiagnosisCard diagnosis={diagnose(signs)} />
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
          <Tile name="usage entropy" value={decimal(signs.usage)} note="1: all prototypes alike" row />
        )}
        {ASSIGNING.includes(method) && (
          <Tile name="assignment entropy" value={decimal(signs.softness)} note="0: hard, 1: uniform" row />
        )}
      </dl>
    </aside>
  )
}

/** What the numbers say in plain words, why, and the button that mends it. */
function DiagnosisCard({ diagnosis: { mood, title, sentence, cure } }: { diagnosis: Diagnosis }) {
  const mend = usePlayground((state) => state.mend)
  return (
    <div className={styles.diagnosis} data-mood={mood}>
      <h3>{title}</h3>
      <p>{sentence}</p>
      {cure && (
        <PassingButton className={styles.cure} heir={(button) => button.closest('aside')} onClick={() => mend(cure)}>
          {cure.label}
        </PassingButton>
      )}
    </div>
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

function chance(classes: number): string {
  return classes > 0 ? `guessing ${percent(1 / classes)}` : ''
}
