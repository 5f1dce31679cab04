import { install } from './lib/install.mjs'
import { buildSite } from './lib/site.mjs'

install()
await buildSite()
console.log('The site is in dist/: any static host can serve it, from any path.')
