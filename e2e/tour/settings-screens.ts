import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import type { Visitor } from './visitor.ts'

const PAGES = [
  'General',
  'Storage',
  'Engines',
  'Models',
  'Judge',
  'Prompts',
  'Watched folders',
  'Browser',
  'Privacy',
  'Shortcuts',
  'About'
] as const

/** Every page of the settings, the two questions the studio asks, and the keys. */
export async function seeSettings(visitor: Visitor): Promise<void> {
  const { page, studio } = visitor
  const folder = join(studio.folder, 'hot-folder')
  await mkdir(folder)
  await visitor.call('watch.add', { folder, presetId: null, subfolders: false, enabled: true })
  await visitor.press('Control+,')
  for (const name of PAGES) {
    await page.getByRole('tab', { name }).click()
    await expect(page.getByRole('tabpanel', { name })).toBeVisible()
    await visitor.see(`settings-${name.toLowerCase().replace(' ', '-')}`)
  }
  await page.getByRole('tab', { name: 'Storage' }).click()
  await visitor.button('Empty…').click()
  await expect(page.getByRole('alertdialog')).toBeVisible()
  await visitor.see('empty-bin')
  await visitor.button('Keep').click()
  await page.getByRole('tab', { name: 'Privacy' }).click()
  await visitor.button('Erase everywhere…').first().click()
  await expect(page.getByRole('alertdialog')).toBeVisible()
  await visitor.see('erase-person')
  await visitor.button('Keep').click()
  await visitor.closeLayer()
  await visitor.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await visitor.see('shortcuts')
  await visitor.closeLayer()
}
