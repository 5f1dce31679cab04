import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/app'
import './app/theme.css'
import { openSession } from './session/client'
import { followAddress, readAddress } from './state/address'
import { offerDownloads } from './state/downloads'
import { createPlayground } from './state/playground'
import { firstTheme, followTheme } from './state/theme'

const root = document.getElementById('root')
if (!root) throw new Error('The page has no element “root” to stand in.')

const { form, backend, stageView, problems } = readAddress(location)
const session = openSession()
const playground = createPlayground(session, { form, theme: firstTheme(), stageView })
offerDownloads(session)
followTheme(playground)
followAddress(playground)
const { connect, preview, notify } = playground.store.getState()
for (const problem of problems) notify(problem)
connect(backend)
preview()

createRoot(root).render(
  <StrictMode>
    <App playground={playground} />
  </StrictMode>,
)
