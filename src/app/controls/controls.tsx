import { GROUPS, type Group } from '../../recipe/field'
import { countsIn, FIELD_NAMES, fieldOf, type FieldName } from '../../recipe/recipe'
import { awaitingRestart, changedSince } from '../../state/restart'
import { usePlayground } from '../playground-context'
import shared from '../widgets/shared.module.css'
import { CheckpointPanel } from './checkpoint-panel'
import styles from './controls.module.css'
import { FieldControl } from './field-control'
import { MethodPanel } from './method-panel'
import { PicturesPanel } from './pictures-panel'

const TITLES: Record<Group, string> = {
  pictures: 'More of the pictures',
  method: 'More of the method',
  optimiser: 'Optimiser',
  network: 'Network',
  views: 'Views',
  run: 'Run',
  measures: 'Measures',
}
/** The fields that stand in a panel of their own, never folded. */
const PROMINENT: readonly FieldName[] = ['dataset', 'meaning', 'classes', 'trainSize', 'labelsPerClass', 'method']

/** The left column: all choices, derived from the recipe’s schema. */
export function Controls() {
  // As one text: what counts changes seldom, the form with every move of a slider.
  const counting = usePlayground((state) => FIELD_NAMES.filter((name) => countsIn(name, state.form)).join(' '))
  const fieldsOf = (wanted: (name: FieldName) => boolean) => (counting.split(' ') as FieldName[]).filter(wanted)
  const live = fieldsOf((name) => fieldOf(name).live === true && fieldOf(name).group !== 'pictures')
  return (
    <aside className={styles.column} aria-label="Settings">
      <div className={styles.scroll}>
        <PicturesPanel />
        <MethodPanel />
        <section className={styles.panel} aria-label="Live settings">
          {live.map((name) => (
            <FieldControl key={name} name={name} />
          ))}
        </section>
        {GROUPS.map((group) => (
          <FoldedGroup key={group} title={TITLES[group]} names={fieldsOf((name) => belongsTo(name, group))} />
        ))}
        <CheckpointPanel />
      </div>
      <Departure />
    </aside>
  )
}

function FoldedGroup({ title, names }: { title: string; names: FieldName[] }) {
  if (names.length === 0) return null
  return (
    <details className={styles.folded}>
      <summary>{title}</summary>
      {names.map((name) => (
        <FieldControl key={name} name={name} />
      ))}
    </details>
  )
}

/** In what the form has left the run on show: a run under way can be restarted, one that is over is told apart. */
function Departure() {
  const form = usePlayground((state) => state.form)
  const run = usePlayground((state) => state.run)
  const restart = usePlayground((state) => state.restart)
  const [waiting, changed] = [awaitingRestart(form, run), changedSince(form, run)]
  if (waiting.length > 0) {
    return (
      <div className={styles.restart}>
        <button type="button" className={shared.primary} onClick={restart}>
          Restart to apply: {labelsOf(waiting)}
        </button>
      </div>
    )
  }
  return changed.length > 0 && <p className={styles.restart}>Changed since the run on show: {labelsOf(changed)}. Train begins anew.</p>
}

function labelsOf(names: readonly FieldName[]): string {
  return names.map((name) => fieldOf(name).label).join(', ')
}

function belongsTo(name: FieldName, group: Group): boolean {
  const field = fieldOf(name)
  return field.group === group && (!field.live || group === 'pictures') && !PROMINENT.includes(name)
}
