import { Suspense, lazy } from 'react'
import type { Playground } from '../state/playground'
import styles from './app.module.css'
import { Controls } from './controls/controls'
import { DropZone } from './drop-zone'
import { PlaygroundContext, usePlayground } from './playground-context'
import { Stage } from './stage/stage'
import { TopBar } from './top-bar/top-bar'
import { useShortcuts } from './use-shortcuts'
import { Notices } from './widgets/notices'
import { PanelBoundary } from './widgets/panel-boundary'

/** Apart from the first script, which is half as large without the chart library. */
const Charts = lazy(async () => ({ default: (await import('./charts/charts')).Charts }))

/** The page. */
export function App({ playground }: { playground: Playground }) {
  return (
    <PlaygroundContext value={playground}>
      <Page />
    </PlaygroundContext>
  )
}

function Page() {
  useShortcuts()
  const method = usePlayground((state) => state.form.method)
  return (
    <div className={styles.page} data-method={method}>
      <PanelBoundary name="The top bar">
        <TopBar />
      </PanelBoundary>
      <PanelBoundary name="The settings">
        <Controls />
      </PanelBoundary>
      <PanelBoundary name="The stage">
        <Stage />
      </PanelBoundary>
      <PanelBoundary name="The strip of charts">
        <Suspense fallback={<section />}>
          <Charts />
        </Suspense>
      </PanelBoundary>
      <Notices />
      <DropZone />
    </div>
  )
}
