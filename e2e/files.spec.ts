import { existsSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { cifarArchive, written } from './archives'
import { TINY } from './playground'
import { expect, test } from './test'

const REAL = ['cifar10-train.bin', 'cifar10-test.bin'].map((name) => resolve('../shared/cifar', name))

test('files are taken from the picker too, and an archive by its content', async ({ playground }, testInfo) => {
  await playground.open(TINY)
  await playground.choose(written(testInfo.outputPath(), 'pictures.tar.gz', await cifarArchive({ train: 400 })))
  await expect(playground.settings).toContainText('CIFAR-10 from pictures.tar.gz: 100 with a label, 200 without, 50 to test.')
})

test('the real CIFAR-10 trains', async ({ playground }) => {
  test.skip(!REAL.every((file) => existsSync(file)), 'CIFAR-10 is not in ../shared/cifar.')
  await playground.open({ ...TINY, trainSize: 1_000 })
  await playground.drop(...REAL)
  await expect(playground.settings).toContainText('CIFAR-10 from cifar10-train.bin, cifar10-test.bin: 100 with a label, 900 without')
  await playground.train.click()
  await playground.reaches(3)
  await playground.halt()
  expect(await playground.latest('Loss', 'total')).toBeGreaterThan(0)
  await expect(playground.heatMap).toHaveAccessibleName(/against 10 prototypes \(airplane, automobile/)
})

test('bad files are refused with a sentence while the run goes on', async ({ playground, page }, testInfo) => {
  const folder = testInfo.outputPath()
  const archive = await cifarArchive({ train: 50, test: 10 })
  const refusals = [
    [written(folder, 'cut.tar.gz', archive.subarray(0, archive.length / 2)), /cut\.tar\.gz is damaged or was cut off/],
    [written(folder, 'page.tar.gz', '<!doctype html><title>404</title>'), /page\.tar\.gz is a web page, not pictures.*download the archive again/],
    [written(folder, 'data_batch_1.bin', new Uint8Array(5_000)), /data_batch_1\.bin/],
    [join(folder, 'empty'), /Nothing that was dropped is a file: drop a CIFAR archive \(.tar.gz\), or your pictures/],
  ] as const

  mkdirSync(join(folder, 'empty'))
  await playground.open({ ...TINY, steps: 100_000 })
  await playground.train.click()
  await playground.reaches(1)
  for (const [file, sentence] of refusals) {
    await playground.drop(file)
    await expect(playground.status).toHaveText(sentence)
    await expect(playground.notices).toContainText(sentence)
    await playground.notices.getByRole('button', { name: 'Dismiss this notice' }).first().click()
  }
  await playground.reaches(await playground.stepNumber() + 2)
  await expect(playground.pause).toBeVisible()
  // A word that is dropped is none of the page’s business.
  await playground.drop()
  await expect(page.getByText('Drop a CIFAR archive, or pictures in one folder for each class')).toHaveCount(0)
  await expect(playground.notices).toHaveCount(0)
})
