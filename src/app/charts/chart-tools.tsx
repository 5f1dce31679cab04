import { usePlayground, useSeries } from '../playground-context'
import { MOST_SMOOTHING } from '../../state/chart-slice'
import { PassingButton } from '../widgets/passing-button'
import styles from './charts.module.css'
import { ExportMenu } from './export-menu'
import type { ChartDescription } from './lines'

/** How often the tools look whether there is a run before: they have time. */
const UNHURRIED = 1_000

/** How the charts are drawn, and the way to take them along. */
export function ChartTools({ descriptions }: { descriptions: readonly ChartDescription[] }) {
  const { series } = useSeries(UNHURRIED)
  const logScale = usePlayground((state) => state.logScale)
  const setLogScale = usePlayground((state) => state.setLogScale)
  const showPrevious = usePlayground((state) => state.showPrevious)
  const setShowPrevious = usePlayground((state) => state.setShowPrevious)
  return (
    <div className={styles.tools} role="group" aria-label="How the charts are drawn">
      <Smoothing />
      <label title="Losses and entropies by their factors: small changes late in a run come out.">
        <input type="checkbox" checked={logScale} onChange={(event) => setLogScale(event.target.checked)} />
        log scale
      </label>
      <label title="The first line of each chart as it was in the run before, dotted.">
        <input
          type="checkbox"
          checked={showPrevious}
          disabled={series.previous === undefined}
          onChange={(event) => setShowPrevious(event.target.checked)}
        />
        previous run
      </label>
      <Zoom />
      <ExportMenu descriptions={descriptions} />
    </div>
  )
}

function Smoothing() {
  const smoothing = usePlayground((state) => state.smoothing)
  const setSmoothing = usePlayground((state) => state.setSmoothing)
  return (
    <label title="Averages the readings of single batches, the newest counting most; what was read stands faint behind.">
      smoothing
      <input
        type="range"
        min={0}
        max={MOST_SMOOTHING}
        step={0.02}
        value={smoothing}
        onChange={(event) => setSmoothing(Number(event.target.value))}
      />
      <output>{smoothing.toFixed(2)}</output>
    </label>
  )
}

function Zoom() {
  const range = usePlayground((state) => (state.chartRange?.runId === state.run.runId ? state.chartRange : undefined))
  const zoomTo = usePlayground((state) => state.zoomTo)
  if (!range) return <span className={styles.hint}>drag over a chart to zoom</span>
  return (
    <PassingButton className={styles.tool} heir={firstChartBeside} onClick={() => zoomTo(undefined)}>
      Steps {range.from} to {range.to}: show all
    </PassingButton>
  )
}

function firstChartBeside(button: HTMLElement): HTMLElement | null | undefined {
  return button.closest('section')?.querySelector<HTMLElement>('figure [role="slider"]')
}
