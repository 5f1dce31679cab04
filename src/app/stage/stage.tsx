import { Suspense } from 'react'
import { usePlayground } from '../playground-context'
import { PanelBoundary } from '../widgets/panel-boundary'
import { KeyNumbers } from './key-numbers'
import styles from './stage.module.css'
import { PANEL_ID, StageTabs, tabId } from './tabs'
import { viewOf } from './views'

/** The middle of the page: one view into the learning at a time, and the key numbers beside it. */
export function Stage() {
  const view = viewOf(usePlayground((state) => state.stageView))
  const method = usePlayground(({ run, form }) => (run.recipe ?? form).method)
  return (
    <main className={styles.stage} data-method={method}>
      <section className={styles.lens} aria-label="Stage">
        <StageTabs view={view} />
        <div id={PANEL_ID} role="tabpanel" aria-labelledby={tabId(view.id)} className={styles.view}>
          <PanelBoundary key={view.id} name={`The view “${view.label}”`}>
            <Suspense fallback={null}>
              <view.component />
            </Suspense>
          </PanelBoundary>
        </div>
      </section>
      <PanelBoundary name="The key numbers">
        <KeyNumbers />
      </PanelBoundary>
    </main>
  )
}
