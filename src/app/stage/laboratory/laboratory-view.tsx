import { useCallback, useMemo, useRef, useState } from 'react'
import { fieldOf } from '../../../recipe/recipe'
import { columnSums } from '../../../state/by-hand'
import type { Gallery, Snapshot } from '../../../state/pictures'
import { count, decimal } from '../../format'
import { usePlayground } from '../../playground-context'
import { Canvas, type Draw } from '../../widgets/canvas'
import { Measure, Measures } from '../../widgets/measures'
import shared from '../../widgets/shared.module.css'
import { useSize, type Size } from '../../widgets/use-size'
import { usePrototypeNames, type PrototypeNames } from '../prototype-names'
import { SnapshotView } from '../snapshot-view'
import { drawStop } from './draw-stop'
import { KNOBS, benchOf, experiment, knobsOf, type Experiment, type Knobs, type Stop } from './experiment'
import { Knob } from './knob'
import styles from './laboratory.module.css'

/** From scores to assignments on a few pictures, with knobs that leave the run alone. */
export default function LaboratoryView() {
  return (
    <SnapshotView invitation="Take a step or train: the laboratory then has scores to work on.">
      {(seen) => <Bench {...seen} />}
    </SnapshotView>
  )
}

function Bench({ snapshot, gallery }: { snapshot: Snapshot; gallery: Gallery }) {
  const [moved, setMoved] = useState<Partial<Knobs>>({})
  const [stop, setStop] = useState<number>()
  const names = knobsOf(snapshot)
  const knobs = useMemo(() => ({ ...ownKnobs(snapshot), ...moved }), [snapshot, moved])
  const pictures = useMemo(() => benchOf(gallery), [gallery])
  const result = useMemo(() => experiment(snapshot, pictures, knobs), [snapshot, pictures, knobs])
  const between = Math.min(stop ?? 1, result.stops.length - 1)
  return (
    <>
      <div className={styles.knobs} role="group" aria-label="Knobs of the laboratory">
        {names.map((name) => (
          <Knob key={name} field={fieldOf(name)} value={knobs[name]} onChange={(value) => setMoved({ ...moved, [name]: value })} />
        ))}
        <TakeOver moved={moved} onBack={() => setMoved({})} />
      </div>
      <div className={styles.scrubber}>
        <label>
          In between
          <input
            type="range" min={0} max={result.stops.length - 1} step={1} value={between}
            aria-valuetext={result.stops[between]!.name} onChange={(event) => setStop(Number(event.target.value))}
          />
        </label>
        <span>{result.stops[between]!.deed}</span>
      </div>
      <div className={styles.maps}>
        <StopMap stop={result.stops[0]!} {...{ result, gallery }} />
        <StopMap stop={result.stops[between]!} {...{ result, gallery }} />
        <StopMap stop={result.stops.at(-1)!} {...{ result, gallery }} />
        <StopMap stop={predictionsOf(result)} {...{ result, gallery }} />
      </div>
      <BenchMeasures result={result} step={snapshot.step} />
    </>
  )
}

function ownKnobs({ recipe }: Snapshot): Knobs {
  return Object.fromEntries(KNOBS.map((name) => [name, recipe[name]])) as Knobs
}

function predictionsOf({ predictions }: Experiment): Stop {
  return { name: 'Predictions p', deed: 'softmax(s/τ)', matrix: predictions, kind: 'share', full: 1, summed: true }
}

/** Brings the knobs’ positions into the run, or back to the run’s. */
function TakeOver({ moved, onBack }: { moved: Partial<Knobs>; onBack: () => void }) {
  const form = usePlayground((state) => state.form)
  const setField = usePlayground((state) => state.setField)
  const changed = KNOBS.filter((name) => moved[name] !== undefined && moved[name] !== form[name])
  function take() {
    for (const name of changed) setField(name, moved[name])
  }
  return (
    <>
      <button type="button" className={shared.primary} disabled={changed.length === 0} onClick={take}>
        Use in the run
      </button>
      <button type="button" className={shared.button} disabled={Object.keys(moved).length === 0} onClick={onBack}>
        Back
      </button>
    </>
  )
}

function StopMap({ stop, result, gallery }: { stop: Stop; result: Experiment; gallery: Gallery }) {
  const box = useRef<HTMLDivElement>(null)
  const size = useSize(box)
  const area = useMemo<Size>(() => ({ width: size.width, height: size.height }), [size])
  const names = usePrototypeNames()
  const draw = useCallback<Draw>(
    (context, room, colour) => drawStop(context, stop, gallery.train, result.pictures, names.named, room, colour),
    [stop, gallery, result, names],
  )
  return (
    <figure className={styles.map}>
      <figcaption>{stop.name}</figcaption>
      <div ref={box} className={styles.canvas}>
        {area.height > 0 && <Canvas size={area} draw={draw} label={describe(stop, names)} />}
      </div>
    </figure>
  )
}

function describe({ name, deed, matrix, summed }: Stop, names: PrototypeNames): string {
  const what = `${name} (${deed}): heat map of ${matrix.rows} pictures against ${matrix.columns} prototypes.`
  if (!summed) return what
  const loads = columnSums(matrix)
  const say = (load: number) => `${names.of(loads.indexOf(load))} with ${load.toFixed(2)}`
  return `${what} Of ${matrix.rows} units the most are at ${say(Math.max(...loads))}, the fewest at ${say(Math.min(...loads))}.`
}

function BenchMeasures({ result: { measures, stops }, step }: { result: Experiment; step: number }) {
  const { rows, columns } = stops[0]!.matrix
  return (
    <Measures label={`Measures at step ${count(step)}`}>
      <Measure name="largest q, mean" value={decimal(measures.sharpness, 3)} />
      <Measure name="entropy of q, mean" value={decimal(measures.entropy, 3)} />
      <Measure name="loss of p against q" value={decimal(measures.loss, 3)} />
      <Measure
        name={`load of a prototype (even: ${(rows / columns).toFixed(1)})`}
        value={`${measures.leastLoad.toFixed(2)} to ${measures.greatestLoad.toFixed(2)}`}
      />
    </Measures>
  )
}
