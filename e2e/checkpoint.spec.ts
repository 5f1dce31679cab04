import { readFileSync } from 'node:fs'
import AxeBuilder from '@axe-core/playwright'
import { decodeCheckpoint } from '../src/training/checkpoint'
import { written } from './archives'
import { TINY } from './playground'
import { expect, test } from './test'

test('a person saves what SwAV has learned, goes on as Suave in two clicks, and starts from the file by keyboard', async ({ playground, page }, testInfo) => {
  await playground.open({ ...TINY, method: 'swav', prototypes: 10, steps: 100_000 })
  const panel = playground.settings.getByRole('group').filter({ hasText: 'Start from checkpoint…' })
  const save = panel.getByRole('button', { name: 'Save checkpoint' })
  await panel.getByText('Checkpoint', { exact: true }).click()
  await expect(save).toBeDisabled()
  await playground.train.click()
  await playground.reaches(3)
  const halted = await playground.halt()

  const file = await test.step('the file holds the run', async () => {
    const downloading = page.waitForEvent('download')
    await save.click()
    const download = await downloading
    expect(download.suggestedFilename()).toBe(`swav-shapes-step-${halted}.ckpt`)
    await expect(playground.status).toHaveText(`Saved as swav-shapes-step-${halted}.ckpt.`)
    const path = testInfo.outputPath(download.suggestedFilename())
    await download.saveAs(path)
    expect(decodeCheckpoint(readFileSync(path), 'it')).toMatchObject({ step: halted, recipe: { method: 'swav', width: 2 } })
    return path
  })

  await test.step('Suave goes on from it', async () => {
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
    await panel.getByRole('button', { name: 'Continue as Suave' }).click()
    await expect(playground.status).toHaveText('Training Suave on Shapes.')
    await playground.reaches(2)
    await expect(page.getByRole('radio', { name: 'Suave', exact: true })).toBeChecked()
    await expect(panel.getByRole('button', { name: 'Start from this run' })).toBeEnabled()
  })

  await test.step('a run starts from the file, and not from half of it', async () => {
    const choose = async (path: string) => {
      const chooser = page.waitForEvent('filechooser')
      await panel.getByRole('button', { name: 'Start from checkpoint…' }).press('Enter')
      await (await chooser).setFiles(path)
    }
    await choose(written(testInfo.outputPath(), 'half.ckpt', readFileSync(file).subarray(0, 2_000)))
    await expect(playground.notices).toContainText('half.ckpt was cut short or altered (its checksum is wrong): fetch it again')
    await expect(playground.pause).toBeVisible()
    await panel.getByRole('checkbox', { name: 'Take the projector along' }).press('Space')
    const paused = await playground.halt()
    await expect(playground.status).toHaveText(`Paused at step ${paused}.`)
    await choose(file)
    await expect(playground.status).toHaveText('Training Suave on Shapes.')
    await playground.reaches(2)
  })
})
