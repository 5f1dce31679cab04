import { install } from './lib/install.mjs'
import { choosePort } from './lib/port.mjs'
import { ROOT } from './lib/root.mjs'
import { buildSiteIfChanged } from './lib/site.mjs'

install()
const port = await choosePort()
await buildSiteIfChanged()
const { preview } = await import('vite')
await preview({ root: ROOT, logLevel: 'warn', preview: { host: '127.0.0.1', port, strictPort: true } })
console.log('The playground is at http://localhost:' + port + '/ (Ctrl+C ends it).')

// A signal to npm ends the shell between npm and this process, and the server would stay behind.
if (process.env.npm_lifecycle_event) {
  const shell = process.ppid
  setInterval(() => {
    if (process.ppid !== shell) process.exit()
  }, 500)
}
