import { install } from './lib/install.mjs'
import { ROOT } from './lib/root.mjs'

install()
const { withPage } = await import('./lib/with-page.mjs')
await withPage('e2e/pictures.ts', ({ takePictures }, address) => takePictures(address, ROOT + '/pictures'))
console.log('The pictures of the page are in pictures/.')
