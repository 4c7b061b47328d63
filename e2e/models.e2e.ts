import { mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { openTestHub } from '../src/main/models/testing/test-hub.fixture.ts'
import { TINY_MODEL, tinyFiles } from '../src/main/models/testing/tiny-model.fixture.ts'
import { launchStudio, removeFolder } from './studio-app.ts'

const FREE = { ...TINY_MODEL, id: 'own-judge', name: 'Own judge' }
const CLOSED = {
  ...TINY_MODEL,
  id: 'closed-judge',
  name: 'Closed judge',
  licence: { ...TINY_MODEL.licence, name: 'Closed Licence', commercial: false }
}

test('a model is downloaded, paused, continued, removed and brought back; a licence is asked for', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'studio-models-'))
  const models = join(folder, 'data', 'models')
  await mkdir(models, { recursive: true })
  await writeFile(join(models, 'model-catalogue.json'), JSON.stringify({ schemaVersion: 1, models: [FREE, CLOSED] }))
  const hub = await openTestHub(tinyFiles(2_000_000))
  const { page, studio, quit, complaints } = await launchStudio({
    folder,
    environment: { HF_ENDPOINT: hub.url, NO_PROXY: '127.0.0.1' }
  })
  try {
    await page.locator('.frame').waitFor()
    await studio.call('settings.set', { change: { language: 'en' } })
    await page.keyboard.press('Control+,')
    await page.getByRole('tab', { name: 'Models', exact: true }).click()
    const row = page.getByRole('listitem', { name: FREE.name })
    const press = (name: string) => page.getByRole('button', { name, exact: true }).press('Enter')

    const paused = hub.pauseAfter(700_000)
    await press(`Download: ${FREE.name}`)
    await paused
    await expect(row.getByRole('progressbar')).toBeVisible()
    await expect(row).toContainText('downloading')
    await press(`Pause: ${FREE.name}`)
    hub.resume()
    await expect(row).toContainText('paused')
    await press(`Continue: ${FREE.name}`)
    await expect(row).toContainText('installed')

    await press(`Remove: ${FREE.name}`)
    await press(`Bring back: ${FREE.name}`)
    await expect(row).toContainText('installed')

    await press(`Download: ${CLOSED.name}`)
    const dialog = page.getByRole('alertdialog')
    await expect(dialog).toContainText(CLOSED.licence.url)
    await dialog.getByRole('button', { name: 'Cancel' }).press('Enter')
    await expect(dialog).toHaveCount(0)
    expect(await readdir(models)).not.toContain(CLOSED.id)
    await press(`Download: ${CLOSED.name}`)
    await dialog.getByRole('button', { name: 'Accept and download' }).press('Enter')
    await expect(page.getByRole('listitem', { name: CLOSED.name })).toContainText('installed')
    expect(complaints).toEqual([])
  } finally {
    await quit()
    await hub.close()
    await removeFolder(folder)
  }
})
