import { useCallback, useMemo, useState } from 'react'
import type { Gallery, Snapshot } from '../../../state/pictures'
import { count, decimal, percent } from '../../format'
import { usePlayground } from '../../playground-context'
import { Canvas, type Draw } from '../../widgets/canvas'
import { Equation } from '../../widgets/equation'
import { Measure, Measures } from '../../widgets/measures'
import { paintFromSheet, viewPainter } from '../../widgets/sheet-painter'
import { usePrototypeNames } from '../prototype-names'
import { SnapshotView } from '../snapshot-view'
import { comparePair, type Comparison } from './pair'
import styles from './teacher.module.css'

/** Rows of a table; of more prototypes the strongest are shown. */
const MOST = 10
const THUMB = { width: 38, height: 38 }
const VIEW = { width: 40, height: 40 }

/** What student and teacher make of two views of one picture. */
export default function TeacherView() {
  return (
    <SnapshotView invitation="Take a step or train: student and teacher then have something to say.">
      {(seen) => <Pair {...seen} />}
    </SnapshotView>
  )
}

function Pair({ snapshot, gallery }: { snapshot: Snapshot; gallery: Gallery }) {
  const [chosen, setChosen] = useState(0)
  const { pairs, centre, teacherDistance, step } = snapshot
  const picture = Math.min(chosen, pairs.pictures.length - 1)
  const comparisons = useMemo(() => comparePair(snapshot, picture), [snapshot, picture])
  const taught = pairs.teacherScores !== undefined
  const [there, back] = comparisons
  return (
    <>
      <div className={styles.top}>
        <PictureChoice {...{ snapshot, gallery, picture }} onChange={setChosen} />
        <p className={styles.sentence}>
          {taught
            ? 'What the teacher makes of one view is what the student should make of the other.'
            : 'This method has no slow teacher: the student itself is asked about both views, and should say the same.'}
        </p>
      </div>
      <div className={styles.tables}>
        {comparisons.map((comparison) => (
          <Table key={comparison.from} {...{ comparison, snapshot, picture, taught }} />
        ))}
        {centre && <CentreTable centre={centre} />}
      </div>
      <Measures label={`Measures at step ${count(step)}`}>
        <Measure name={`KL, view 1 → 2`} value={decimal(there.divergence, 3)} />
        <Measure name={`KL, view 2 → 1`} value={decimal(back.divergence, 3)} />
        <Measure name="entropy of the target" value={decimal(there.entropy, 3)} />
        <Measure name="distance of the features" value={decimal(there.distance, 3)} />
        {teacherDistance !== undefined && <Measure name="teacher’s weights from the student’s" value={percent(teacherDistance)} />}
      </Measures>
      <p className={styles.formula}>
        <Equation tex={taught
          ? '\\mathrm{KL}(q\\,\\|\\,p)=\\sum_k q_k\\log(q_k/p_k),\\quad q=\\operatorname{softmax}\\!\\big((t-c)/\\tau_t\\big),\\quad p=\\operatorname{softmax}(s/\\tau)'
          : '\\mathrm{KL}(p^{(1)}\\,\\|\\,p^{(2)})=\\sum_k p^{(1)}_k\\log(p^{(1)}_k/p^{(2)}_k),\\quad p=\\operatorname{softmax}(s/\\tau)'} />
      </p>
    </>
  )
}

interface PictureChoiceProps {
  snapshot: Snapshot
  gallery: Gallery
  picture: number
  onChange: (picture: number) => void
}

function PictureChoice({ snapshot: { pairs }, gallery, picture, onChange }: PictureChoiceProps) {
  const classNames = usePlayground((state) => state.run.classNames)
  return (
    <fieldset className={styles.pictures}>
      <legend>Picture</legend>
      {[...pairs.pictures].map((index, i) => (
        <label key={index}>
          <input type="radio" name="picture of the pair" checked={i === picture} onChange={() => onChange(i)} />
          <Thumb gallery={gallery} index={index} name={`Picture ${i + 1}: ${classNames[gallery.train.labels[index]!] ?? 'unknown'}`} />
        </label>
      ))}
    </fieldset>
  )
}

function Thumb({ gallery, index, name }: { gallery: Gallery; index: number; name: string }) {
  const draw = useCallback<Draw>(
    (context, { width }, colour) => paintFromSheet(context, gallery.train, index, 0, 0, width, colour),
    [gallery, index],
  )
  return <Canvas size={THUMB} draw={draw} label={name} />
}

function ViewPicture({ snapshot, picture, view }: { snapshot: Snapshot; picture: number; view: 0 | 1 }) {
  const { rgba, pictures } = snapshot.pairs
  const draw = useCallback<Draw>(
    (context, { width }) => viewPainter(context, rgba)(view * pictures.length + picture, 0, 0, width),
    [rgba, pictures, picture, view],
  )
  return <Canvas size={VIEW} draw={draw} label={`View ${view + 1} of the picture`} />
}

interface TableProps {
  comparison: Comparison
  snapshot: Snapshot
  picture: number
  taught: boolean
}

/** Both distributions as bars, prototype by prototype. */
function Table({ comparison: { from, to, target, prediction }, snapshot, picture, taught }: TableProps) {
  const names = usePrototypeNames()
  const shown = strongest(target, prediction)
  return (
    <table className={styles.table}>
      <caption>
        <span className={styles.views}>
          <ViewPicture {...{ snapshot, picture }} view={from} />
          <span>{taught ? 'teacher' : 'student'} on view {from + 1}</span>
          <span aria-hidden>→</span>
          <span>student on view {to + 1}</span>
          <ViewPicture {...{ snapshot, picture }} view={to} />
        </span>
      </caption>
      <thead>
        <tr>
          <th scope="col">prototype</th>
          <th scope="col">{taught ? 'target q' : `p of view ${from + 1}`}</th>
          <th scope="col">{taught ? 'prediction p' : `p of view ${to + 1}`}</th>
        </tr>
      </thead>
      <tbody>
        {shown.map((k) => (
          <tr key={k}>
            <th scope="row">{names.of(k)}</th>
            <Bar share={target[k]!} />
            <Bar share={prediction[k]!} second />
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Bar({ share, second = false }: { share: number; second?: boolean }) {
  return (
    <td className={second ? styles.second : styles.bar} style={{ '--share': `${100 * share}%` } as React.CSSProperties}>
      {share.toFixed(3)}
    </td>
  )
}

/** The running mean that is taken off the teacher’s scores. */
function CentreTable({ centre }: { centre: Float32Array }) {
  const names = usePrototypeNames()
  const greatest = Math.max(1e-12, ...centre.map(Math.abs))
  const shown = strongest(centre.map(Math.abs))
  return (
    <table className={styles.table}>
      <caption>
        <span className={styles.views}>centre c, taken off the teacher’s scores</span>
      </caption>
      <thead>
        <tr>
          <th scope="col">prototype</th>
          <th scope="col">c</th>
        </tr>
      </thead>
      <tbody>
        {shown.map((k) => (
          <tr key={k}>
            <th scope="row">{names.of(k)}</th>
            <td
              className={centre[k]! < 0 ? styles.below : styles.above}
              style={{ '--share': `${(100 * Math.abs(centre[k]!)) / greatest}%` } as React.CSSProperties}
            >
              {centre[k]!.toFixed(3)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** All prototypes in their order, or of many the strongest. */
function strongest(...shares: ArrayLike<number>[]): number[] {
  const all = Array.from({ length: shares[0]!.length }, (_, k) => k)
  if (all.length <= MOST) return all
  const greatest = (k: number) => Math.max(...shares.map((values) => values[k]!))
  return all.toSorted((a, b) => greatest(b) - greatest(a)).slice(0, MOST).toSorted((a, b) => a - b)
}
