import { useEffect, useRef, type KeyboardEvent } from 'react'
import { usePlayground } from '../playground-context'
import styles from './tabs.module.css'
import { STAGE_VIEWS, viewKey, type StageView } from './views'

export const PANEL_ID = 'stage-view'

/** The names of the stage’s views; arrow keys walk along them. */
export function StageTabs({ view }: { view: StageView }) {
  const setStageView = usePlayground((state) => state.setStageView)
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => showTab(list.current, view.id), [view])

  function walk(event: KeyboardEvent) {
    const position = STAGE_VIEWS.indexOf(view)
    const last = STAGE_VIEWS.length - 1
    const targets: Record<string, number> = {
      ArrowRight: position === last ? 0 : position + 1, ArrowLeft: position === 0 ? last : position - 1, Home: 0, End: last,
    }
    const next = STAGE_VIEWS[targets[event.key] ?? -1]
    if (!next) return
    event.preventDefault()
    setStageView(next.id)
    document.getElementById(tabId(next.id))?.focus()
  }

  return (
    <div ref={list} role="tablist" aria-label="Views of the stage" className={styles.tabs} onKeyDown={walk}>
      {STAGE_VIEWS.map(({ id, label, explanation }, position) => {
        const chosen = id === view.id
        const key = viewKey(position)
        return (
          <button
            key={id}
            id={tabId(id)}
            type="button"
            role="tab"
            className={styles.tab}
            aria-selected={chosen}
            aria-controls={chosen ? PANEL_ID : undefined}
            tabIndex={chosen ? 0 : -1}
            title={key ? `${explanation} Key ${key}` : explanation}
            onClick={() => setStageView(id)}
          >
            {label}
          </button>
        )
      })}
    </div>
  )
}

export function tabId(view: string): string {
  return `stage-tab-${view}`
}

/** In a narrow column the tabs scroll: the chosen one stays in sight, and the page where it is. */
function showTab(list: HTMLElement | null, view: string): void {
  const tab = document.getElementById(tabId(view))
  if (!list || !tab || list.scrollWidth <= list.clientWidth) return
  list.scrollLeft = tab.offsetLeft - (list.clientWidth - tab.offsetWidth) / 2
}
