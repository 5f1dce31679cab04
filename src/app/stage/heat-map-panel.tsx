import { useCallback, useState } from 'react'
import { usePlayground } from '../playground-context'
import { Canvas, type Draw } from '../widgets/canvas'
import type { Place } from '../widgets/cell-grid/cell-cursor'
import { CellGrid } from '../widgets/cell-grid/cell-grid'
import { Segmented } from '../widgets/segmented'
import { useHeld } from '../widgets/use-held'
import type { Size } from '../widgets/use-size'
import { drawHeatMap, inkOf, layOutHeatMap, type HeatMap } from './draw-heat-map'
import styles from './stage.module.css'

const MODES = [
  { value: 'assignments', label: 'Assignments q' },
  { value: 'predictions', label: 'Predictions p' },
] as const

export function HeatMapModeChoice() {
  const mode = usePlayground((state) => state.heatMapMode)
  const setMode = usePlayground((state) => state.setHeatMapMode)
  return <Segmented label="What the heat map shows" labelHidden options={MODES} value={mode} onChange={setMode} />
}

/** The batch’s pictures against the prototypes; pointing at a cell, a tap or the arrow keys read it. */
export function HeatMapCanvas({ map, size, title }: { map: HeatMap; size: Size; title: string }) {
  const { sample: { pictures, prototypes }, names } = map
  const [walked, setWalked] = useState<Place>({ row: 0, column: 0 })
  const [pointed, setPointed] = useState<Place>()
  const [hasFocus, setHasFocus] = useState(false)
  const draw = useCallback<Draw>((context, area, colour) => drawHeatMap(context, map, area, colour), [map])
  const cursor = within(walked, map)
  const reading = readingOf(cursor, map)
  const said = useHeld(reading, hasFocus ? walked : reading)
  const shown = pointed ? readingOf(within(pointed, map), map) : hasFocus ? reading : undefined
  const { columns, heading, row } = layOutHeatMap(map, size)
  return (
    <>
      <div className={styles.heatMap}>
        <Canvas size={size} draw={draw} label={describe(map, title)} />
        <div className={styles.cells} onFocus={() => setHasFocus(true)} onBlur={() => setHasFocus(false)}>
          <CellGrid
            {...{ size, cursor }}
            label={`${title}, cell by cell`}
            rows={pictures.length}
            columns={prototypes}
            layout={{ ...columns, top: heading.height, height: row }}
            sentence={said}
            isSelected={hasFocus}
            onGo={setWalked}
            onPoint={setPointed}
          />
        </div>
      </div>
      <p className={styles.legend}>
        {shown ?? (
          <>
            0
            <span className={styles.scale} style={{ background: gradient() }} />
            1
            {names.named && <span className={styles.truth} />}
            {names.named && <span>the true class, hidden from the learner unless ringed</span>}
          </>
        )}
      </p>
    </>
  )
}

/** The cell at a place, or the nearest one where a batch has fewer. */
function within({ row, column }: Place, { sample: { pictures, prototypes } }: HeatMap): Place {
  return { row: Math.min(row, pictures.length - 1), column: Math.min(column, prototypes - 1) }
}

/** A cell’s probability in words. */
function readingOf({ row, column }: Place, { sample: { prototypes }, values, strip, classNames, names }: HeatMap): string {
  const value = values[row * prototypes + column] ?? 0
  const truth = strip?.labels[row]
  const picture = truth === undefined ? `Picture ${row + 1}` : `A picture of ${classNames[truth]}`
  return `${picture} → prototype ${names.of(column)}: ${value.toFixed(3)}`
}

function gradient(): string {
  const stops = [0, 0.05, 0.25, 0.5, 1].map(
    (share) => `color-mix(in srgb, var(--accent) ${inkOf(share) * 100}%, var(--well)) ${share * 100}%`,
  )
  return `linear-gradient(to right, ${stops.join(', ')})`
}

/** What is in the map and, where labels name the prototypes, how many of the pictures lean towards that of their class. */
function describe({ sample, values, strip, names }: HeatMap, title: string): string {
  const rows = sample.pictures.length
  const { prototypes } = sample
  const listed = Array.from({ length: Math.min(10, prototypes) }, (_, k) => names.of(k)).join(', ')
  const what = `${title}: heat map of ${rows} pictures against ${prototypes} prototypes (${listed}${prototypes > 10 ? ' and more' : ''}).`
  if (!names.named) return what
  let right = 0
  for (let row = 0; row < rows; row++) {
    const probabilities = values.subarray(row * prototypes, (row + 1) * prototypes)
    if (probabilities.indexOf(Math.max(...probabilities)) === strip?.labels[row]) right++
  }
  return `${what} ${right} of ${rows} pictures lean towards the prototype of their class.`
}
