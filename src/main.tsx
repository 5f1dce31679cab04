import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/app'
import './app/theme.css'
import { openSession } from './session/client'
import { followAddress, readAddress } from './state/address'
import { offerDownloads } from './state/downloads'
import { createPlayground } from './state/playground'
import { firstProjector, firstTheme, followTheme } from './state/theme'

const root = document.getElementById('root')
if (!root) throw new Error('The page has no element “root” to stand in.')

if (new URLSearchParams(location.search).has('bench')) {
  void import('./app/bench/bench-page').then(({ mountBench }) => mountBench(root))
} else {
  openPlayground(root)
}

function openPlayground(root: HTMLElement): void {
  const { form, backend, mirror, stageView, problems } = readAddress(location)
  const session = openSession()
  const playground = createPlayground(session, { form, theme: firstTheme(), projector: firstProjector(), stageView, mirror })
  offerDownloads(session)
  followTheme(playground)
  followAddress(playground)
  const { connect, preview, askForKept, notify } = playground.store.getState()
  for (const problem of problems) notify(problem)
  connect(backend)
  preview()
  askForKept()

  createRoot(root).render(
    <StrictMode>
      <App playground={playground} />
    </StrictMode>,
  )
}
