import { useMemo } from 'react'
import { usePlayground, useSeries } from '../playground-context'
import { PanelBoundary } from '../widgets/panel-boundary'
import { entropyBands } from './bands'
import { ChartTools } from './chart-tools'
import styles from './charts.module.css'
import { LineChartPanel } from './line-chart-panel'
import { accuracyChart, entropyChart, lossChart, type ChartDescription } from './lines'

/** Charts draw one after another, this many milliseconds apart: together they would hold up the page. */
const APART = 50

/** The strip of live charts. */
export function Charts() {
  const { method, neighbourAccuracy, probes, finalProbe } = usePlayground((state) => state.run.recipe ?? state.form)
  const descriptions = useMemo(() => [
    lossChart(method), accuracyChart(method, { neighbourAccuracy, probes, finalProbe }), entropyChart(method),
  ], [method, neighbourAccuracy, probes, finalProbe])
  return (
    <section className={styles.strip} aria-label="Charts" data-method={method}>
      <ChartTools descriptions={descriptions} />
      <div className={styles.charts}>
        {descriptions.map((description, index) => (
          <PanelBoundary key={description.title} name={`The chart “${description.title}”`}>
            <LiveChart description={description} delay={(index + 1) * APART} />
          </PanelBoundary>
        ))}
      </div>
    </section>
  )
}

function LiveChart({ description, delay }: { description: ChartDescription; delay: number }) {
  const { series, version } = useSeries(delay)
  const showPrevious = usePlayground((state) => state.showPrevious)
  const snapshot = useMemo(() => ({ version, columns: series.columns }), [series, version])
  const prototypes = description.title === 'Entropy' ? series.lens.usage?.length : undefined
  const bands = useMemo(() => prototypes ? entropyBands(prototypes) : undefined, [prototypes])
  return (
    <LineChartPanel
      description={description}
      columns={snapshot.columns}
      previous={showPrevious ? series.previous : undefined}
      bands={bands}
    />
  )
}
