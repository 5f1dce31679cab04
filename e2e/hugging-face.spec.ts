import AxeBuilder from '@axe-core/playwright'
import { cifarParquet } from '../src/data/made-up-pictures'
import { servePictures } from '../src/data/made-up-server'
import { linkOf } from '../src/recipe/link'
import { DEFAULT_RECIPE, type Changes } from '../src/recipe/recipe'
import { TINY, type Playground } from './playground'
import { expect, test as base } from './test'

const inTurn = (count: number, classes = 10) => Array.from({ length: count }, (_, i) => i % classes)
const FOLDER = '/cifar10/resolve/main/plain_text'
const HUNDRED = '/cifar100/resolve/main/cifar100'

/** A server with a small CIFAR-10 and a small CIFAR-100 of Hugging Face’s form. */
const test = base.extend<object, { mirror: Awaited<ReturnType<typeof servePictures>> }>({
  mirror: [async ({ browser }, use) => {
    expect(browser.isConnected()).toBe(true)
    const mirror = await servePictures({
      [`${FOLDER}/train-00000-of-00001.parquet`]: cifarParquet('cifar10', inTurn(2_000)),
      [`${FOLDER}/test-00000-of-00001.parquet`]: cifarParquet('cifar10', inTurn(500)),
      [`${HUNDRED}/train-00000-of-00001.parquet`]: cifarParquet('cifar100', inTurn(1_500, 100)),
      [`${HUNDRED}/test-00000-of-00001.parquet`]: cifarParquet('cifar100', inTurn(300, 100)),
    })
    await use(mirror)
    await mirror.close()
  }, { scope: 'worker' }],
})

async function open(playground: Playground, mirror: string, changes: Changes = {}): Promise<void> {
  const link = linkOf({ ...DEFAULT_RECIPE, ...TINY, dataset: 'cifar10', trainSize: 1_500, ...changes })
  await playground.page.goto(`./?backend=wasm&pictures=${encodeURIComponent(mirror)}#${link}`)
  await expect(playground.backend).toHaveText(/^WASM · /, { timeout: 60_000 })
}

const button = ({ settings }: Playground, name: string | RegExp) => settings.getByRole('button', { name })

test('CIFAR-10 comes by a click, trains from its first thousand, and is there at the next visit', async ({ playground, page, mirror }) => {
  let release = () => {}
  const held = new Promise<boolean>((resolve) => (release = () => resolve(false)))
  let portions = 0
  // The last portion waits.
  mirror.disturb((request) => (request.url?.includes('train') && !/=0-7$/.test(request.headers.range ?? '') && ++portions > 3 ? held : false))

  await open(playground, mirror.base)
  await button(playground, /Get it from Hugging Face about/).click()
  await expect(playground.settings).toContainText(/1\u202f500 pictures, .* MB – Train can start/)
  await expect(playground.settings.getByRole('progressbar', { name: 'Pictures on their way' })).toBeVisible()
  await playground.train.click()
  await playground.reaches(2)
  await expect(playground.notices).toContainText('The run begins with the 1000 training pictures that are here; the rest still comes.')
  release()
  await expect(playground.settings).toContainText('CIFAR-10 from Hugging Face: 100 with a label, 1\u202f400 without, 50 to test.')
  await expect(button(playground, 'Restart to apply: Training pictures')).toBeVisible()
  await playground.reset.click()

  const before = mirror.asked.length
  await page.reload()
  await expect(playground.settings).toContainText('CIFAR-10 from Hugging Face: 100 with a label, 1\u202f400 without, 50 to test.')
  expect(await playground.coloursOf(playground.pictures.first())).toBeGreaterThan(100)
  expect(mirror.asked).toHaveLength(before)

  await playground.settings.getByText('Kept on this device').click()
  await expect(playground.settings.getByRole('list', { name: 'Kept pictures' })).toContainText('CIFAR-10 from Hugging Face2\u202f500, 7.7 MB')
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([])
  await button(playground, 'Delete CIFAR-10 from Hugging Face').click()
  await expect(playground.settings.getByText('Kept on this device')).toHaveCount(0)
  await expect(playground.status).toHaveText(/CIFAR-10 is not here yet/)
  await expect(button(playground, /Get it from Hugging Face about/)).toBeVisible()
  await page.reload()
  await expect(playground.status).toHaveText(/CIFAR-10 is not here yet/)
})

test('a stopped download keeps what has come and goes on from there', async ({ playground, page, mirror }) => {
  let portions = 0
  mirror.disturb((request) => (request.url?.includes('train') && !/=0-7$/.test(request.headers.range ?? '') && ++portions > 3
    ? new Promise<boolean>(() => {}) : false))
  await open(playground, mirror.base)
  await button(playground, /Get it/).click()
  await expect(playground.settings).toContainText(/1\u202f500 pictures/)
  await button(playground, 'Stop').click()
  await expect(playground.settings.getByRole('progressbar')).toHaveCount(0)

  mirror.disturb(() => false)
  await page.reload()
  await expect(playground.status).toHaveText(/1,000 training pictures of CIFAR-10 are here so far/)
  const before = mirror.asked.length
  await button(playground, /from Hugging Face about/).click()
  await expect(playground.settings).toContainText('CIFAR-10 from Hugging Face: 100 with a label, 1\u202f400 without, 50 to test.')
  // Beginning, end, and the one portion that was missing.
  expect(mirror.asked.slice(before).filter((request) => request.includes('train'))).toHaveLength(3)
  expect(mirror.asked.slice(before).filter((request) => request.includes('test-'))).toHaveLength(0)
})

test('CIFAR-100 has fine or coarse labels, and of either as many classes as are wanted', async ({ playground, page, mirror }) => {
  mirror.disturb(() => false)
  await open(playground, mirror.base, { dataset: 'cifar100', trainSize: 1_000, testSize: 100, labelsPerClass: 2 })
  await button(playground, /Get it/).click()
  await expect(playground.settings).toContainText('CIFAR-100 from Hugging Face: 200 with a label, 800 without, 100 to test.')
  await expect(playground.pictures.first()).toHaveAccessibleName(/of 100 classes/)

  await playground.settings.getByText('More of the pictures').click()
  await playground.settings.getByRole('radio', { name: '20 coarse' }).check()
  await expect(playground.pictures.first()).toHaveAccessibleName(/of 20 classes/)
  await expect(playground.settings).toContainText('40 with a label, 960 without')

  await playground.settings.getByRole('radio', { name: '100 fine' }).check()
  await playground.settings.locator('summary').filter({ hasText: /^Classes/ }).click()
  await playground.settings.getByRole('searchbox', { name: 'Find a class' }).fill('ray')
  await expect(playground.settings.getByRole('list', { name: 'Classes to learn' }).getByRole('listitem')).toHaveText(['ray'])
  await playground.settings.getByRole('searchbox', { name: 'Find a class' }).fill('_tree')
  await button(playground, 'Only found').click()
  await expect(playground.status).toHaveText(/1,000 training pictures of CIFAR-100 are here so far, too few for this recipe/)
  await expect(page).toHaveURL(/classes=maple_tree%2Coak_tree/)
  await button(playground, /from Hugging Face about/).click()
  // The whole set has 15 of each of these trees.
  await expect(playground.settings).toContainText('CIFAR-100 from Hugging Face: 10 with a label, 65 without')
  await expect(playground.pictures.first()).toHaveAccessibleName(/of 5 classes: maple_tree, oak_tree, palm_tree, pine_tree, willow_tree/)
})

test.describe('where requests fail', () => {
  test.use({ failsToLoad: true })

  test('what cannot be fetched is told, costs nothing of a run, and the built-in pictures are offered', async ({ playground, page, context, mirror }) => {
    mirror.disturb(() => false)
    await open(playground, mirror.base, { dataset: 'shapes', trainSize: 300, steps: 100_000 })
    await playground.train.click()
    await playground.reaches(2)
    await playground.settings.getByRole('radio', { name: 'CIFAR-10', exact: true }).check()
    const get = button(playground, /Get it from Hugging Face/)
    const refused = async (sentence: RegExp) => {
      await get.click()
      await expect(playground.notices).toContainText(sentence, { timeout: 30_000 })
      await expect(get).toBeVisible()
      const dismiss = playground.notices.getByRole('button', { name: 'Dismiss this notice' })
      while (await dismiss.count() > 0) await dismiss.first().click()
    }

    await test.step('offline', async () => {
      await context.setOffline(true)
      await refused(/localhost:\d+ cannot be reached from here: check the network .* or choose Shapes, which is built in\./)
      await context.setOffline(false)
    })
    await test.step('another origin is not let in', async () => {
      mirror.disturb((_, response) => {
        response.removeHeader('Access-Control-Allow-Origin')
        return false
      })
      await refused(/localhost:\d+ cannot be reached from here/)
    })
    await test.step('a web page instead of pictures', async () => {
      mirror.disturb((_, response) => {
        response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html>')
        return true
      })
      await refused(/localhost:\d+ sent a web page instead of pictures/)
    })

    await playground.reaches(await playground.stepNumber() + 2)
    await button(playground, 'Use the built-in Shapes').click()
    await expect(page.getByRole('radio', { name: 'Shapes' })).toBeChecked()
    await expect(playground.settings).toContainText('Shapes, drawn by the page: 100 with a label, 200 without')
    await expect(playground.pause).toBeVisible()
  })
})

test('a full disk is told, and the pictures are there until the page is closed', async ({ playground, page, mirror }) => {
  mirror.disturb(() => false)
  await open(playground, mirror.base)
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: new URL(page.url()).origin, quotaSize: 1_000_000 })
  await button(playground, /Get it/).click()
  await expect(playground.notices).toContainText('The disk has no room left for these pictures: they are here until the page is closed.')
  await expect(playground.settings).toContainText('CIFAR-10 from Hugging Face: 100 with a label, 1\u202f400 without, 50 to test.')
  await expect(playground.settings.getByText('Kept on this device')).toHaveCount(0)
  await playground.train.click()
  await playground.reaches(2)
})
