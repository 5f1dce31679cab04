import { useMemo, useRef } from 'react'
import { count } from '../format'
import { usePlayground, useSeries } from '../playground-context'
import { PictureSheet } from '../widgets/picture-sheet'
import { useSize } from '../widgets/use-size'
import { LINE } from './column-names'
import type { HeatMap } from './draw-heat-map'
import { HeatMapCanvas, HeatMapModeChoice } from './heat-map-panel'
import { NoPictures, useMissingPictures } from './no-pictures'
import { usePrototypeNames } from './prototype-names'
import styles from './stage.module.css'
import { USAGE_HEIGHT, UsageBars } from './usage-bars'
import { useWatch } from './use-watch'

const ROW = 26
const MOST_ROWS = 32
const LEGEND = 26

/** Inside the batch of the step that just ran, or the pictures while there is none. */
export function BatchView() {
  const { series } = useSeries()
  const body = useRef<HTMLDivElement>(null)
  const { width, height } = useSize(body)
  const room = Math.max(0, height - USAGE_HEIGHT - LEGEND)
  useWatch(body, { assignments: Math.min(MOST_ROWS, Math.max(4, Math.floor((room - LINE) / ROW))) })
  const { usage } = series.lens
  const missing = useMissingPictures()
  const map = useHeatMap()
  const size = useMemo(() => ({ width, height: room }), [width, room])
  return (
    <>
      <header className={styles.bar}>
        <h2>{usage ? 'This batch, against the prototypes' : <PicturesTitle />}</h2>
        {map && <HeatMapModeChoice />}
      </header>
      <div ref={body} className={styles.body}>
        {usage && width > 0 && <UsageBars usage={usage} width={width} />}
        {map && room > 0 && <HeatMapCanvas map={map.content} size={size} title={map.title} />}
        {!usage && (missing ? <NoPictures /> : <PictureSheet height={height} named />)}
      </div>
    </>
  )
}

function PicturesTitle() {
  const split = usePlayground((state) => state.dataset?.split)
  const method = usePlayground((state) => state.form.method)
  if (!split) return 'Pictures'
  const { labelled, train } = split
  const without = `${count(train - labelled)} pictures without`
  return method === 'supervised'
    ? `${count(labelled)} labels teach; the ${without} are left aside.`
    : `${count(labelled)} labels, ${without}. Can the machine name them?`
}

/** The heat map of the mode that was chosen; a method without targets shows its predictions. */
function useHeatMap(): { title: string; content: HeatMap } | undefined {
  const { series } = useSeries()
  const mode = usePlayground((state) => state.heatMapMode)
  const classNames = usePlayground((state) => state.run.classNames)
  const names = usePrototypeNames()
  const { sample, strip } = series.lens
  return useMemo(() => {
    if (!sample) return undefined
    const hasTargets = sample.assignments.length > 0 && !Number.isNaN(sample.assignments[0])
    const targets = mode === 'assignments' && hasTargets
    return {
      title: targets ? 'Assignments' : 'Predictions',
      content: { sample, values: targets ? sample.assignments : sample.predictions, strip, classNames, names },
    }
  }, [sample, strip, mode, classNames, names])
}
