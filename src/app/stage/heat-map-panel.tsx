import { useCallback, useState, type PointerEvent } from 'react'
import { usePlayground } from '../playground-context'
import { Canvas, type Draw } from '../widgets/canvas'
import { Segmented } from '../widgets/segmented'
import type { Size } from '../widgets/use-size'
import { layOutColumns } from './columns'
import { HEADER, drawHeatMap, inkOf, rowHeight, type HeatMap } from './draw-heat-map'
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

/** The batch’s pictures against the prototypes. */
export function HeatMapCanvas({ map, size, title }: { map: HeatMap; size: Size; title: string }) {
  const [pointer, setPointer] = useState<{ x: number; y: number }>()
  const draw = useCallback<Draw>((context, area, colour) => drawHeatMap(context, map, area, colour), [map])

  const spot = pointer && readSpot(map, size, pointer)

  function point({ nativeEvent }: PointerEvent<HTMLCanvasElement>) {
    setPointer({ x: nativeEvent.offsetX, y: nativeEvent.offsetY })
  }

  return (
    <>
      <Canvas
        size={size}
        draw={draw}
        label={describe(map, title)}
        onPointerMove={point}
        onPointerLeave={() => setPointer(undefined)}
      />
      <p className={styles.legend}>
        {spot ?? (
          <>
            0
            <span className={styles.scale} style={{ background: gradient() }} />
            1
            {map.names.named && <span className={styles.truth} />}
            {map.names.named && <span>the true class, hidden from the learner unless ringed</span>}
          </>
        )}
      </p>
    </>
  )
}

/** The probability under the pointer in words. */
function readSpot(map: HeatMap, { width, height }: Size, { x, y }: { x: number; y: number }): string | undefined {
  const { sample, values, strip, classNames, names } = map
  const columns = layOutColumns(width, sample.prototypes)
  const column = Math.floor((x - columns.left) / columns.width)
  const row = Math.floor((y - HEADER) / rowHeight(height, sample.pictures.length))
  const inside = column >= 0 && column < sample.prototypes && row >= 0 && row < sample.pictures.length
  if (!inside) return undefined
  const value = values[row * sample.prototypes + column] ?? 0
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
