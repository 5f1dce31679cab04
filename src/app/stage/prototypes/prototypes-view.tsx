import { useCallback, useMemo, useState } from 'react'
import type { Gallery, Snapshot } from '../../../state/pictures'
import { orderPrototypes, PROTOTYPE_ORDERS, summarise, type PrototypeOrder } from '../../../state/prototypes'
import { count, decimal, percent } from '../../format'
import { usePlayground } from '../../playground-context'
import { Measure, Measures } from '../../widgets/measures'
import { prototypeNames } from '../prototype-names'
import { SnapshotView } from '../snapshot-view'
import { PrototypeCards } from './prototype-cards'
import { PrototypeGallery } from './prototype-gallery'
import styles from './prototypes.module.css'
import { useSurvey, type Survey } from './use-survey'
import { SENTENCES } from './words'

/** More cards than this nobody reads. */
const MOST = 100

/** Every prototype with its nearest pictures and what its members are; or, of a method without any, why there is none. */
export default function PrototypesView() {
  const method = usePlayground((state) => state.run.recipe?.method ?? state.form.method)
  if (method === 'paws') return <p className={styles.none}>{SENTENCES.paws}</p>
  return (
    <SnapshotView invitation="Take a step or train: the prototypes then have pictures around them.">
      {(seen) => <Prototypes {...seen} />}
    </SnapshotView>
  )
}

function Prototypes({ snapshot, gallery }: { snapshot: Snapshot; gallery: Gallery }) {
  const survey = useSurvey(snapshot, gallery)
  const classNames = usePlayground((state) => state.run.classNames)
  const [{ opened, closed }, set] = useState<{ opened?: number; closed?: number }>({})
  const [order, setOrder] = useState<PrototypeOrder>()
  const open = useCallback((index: number) => set({ opened: index }), [])
  const method = survey?.snapshot.recipe.method
  const names = useMemo(() => prototypeNames(method ?? '', classNames), [method, classNames])
  if (!survey) return null
  const prototype = opened === undefined ? undefined : survey.prototypes[opened]
  return prototype
    ? <PrototypeGallery key={opened} {...{ survey, prototype, classNames, names }} onClose={() => set({ closed: opened })} />
    : <Overview {...{ survey, classNames, names }} cameFrom={closed} onOpen={open} chosenOrder={order} onOrder={setOrder} />
}

interface OverviewProps extends Omit<Parameters<typeof PrototypeCards>[0], 'shown'> {
  chosenOrder?: PrototypeOrder
  onOrder: (order: PrototypeOrder) => void
}

function Overview({ survey, chosenOrder, onOrder, ...props }: OverviewProps) {
  const { named } = props.names
  const all = survey.prototypes
  const order = chosenOrder ?? (named && all.length <= MOST ? 'number' : 'usage')
  const shown = useMemo(() => orderPrototypes(all, order).slice(0, MOST), [all, order])
  return (
    <>
      <div className={styles.bar}>
        <p>{SENTENCES[survey.snapshot.recipe.method]}</p>
        <ul className={styles.legend} aria-label="What a card shows">
          <li data-kind="usage">usage</li>
          <li data-kind="sharpness">sharpness</li>
          <li data-kind="classes">true classes</li>
          <li data-kind="pale">another wins it</li>
        </ul>
        <label>
          Order
          <select value={order} onChange={({ target }) => onOrder(target.value as PrototypeOrder)}>
            {PROTOTYPE_ORDERS.map(({ value, label }) => (
              <option key={value} value={value}>{label}</option>
            ))}
          </select>
        </label>
      </div>
      {shown.length < all.length && <p className={styles.part}>{count(shown.length)} of {count(all.length)} prototypes are shown.</p>}
      <PrototypeCards survey={survey} shown={shown} {...props} />
      <Totals survey={survey} named={named} />
    </>
  )
}

function Totals({ survey: { snapshot, gallery, prototypes }, named }: { survey: Survey; named: boolean }) {
  const summary = useMemo(() => summarise(prototypes), [prototypes])
  return (
    <Measures label={`Measures at step ${count(snapshot.step)}, of ${count(gallery.train.count)} training pictures`}>
      <Measure name={`of ${count(prototypes.length)} prototypes used`} value={count(summary.used)} />
      {named && <Measure name="named rightly" value={percent(summary.named)} />}
      <Measure name="purity" value={percent(summary.purity)} />
      <Measure name="sharpness" value={decimal(summary.sharpness, 3)} />
      <Measure name="training pictures" value={count(gallery.train.count)} />
    </Measures>
  )
}
