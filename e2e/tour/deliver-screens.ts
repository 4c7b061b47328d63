import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import type { Visitor } from './visitor.ts'

/** Files, contact sheets and proofings; and what is told when a folder cannot be written. */
export async function seeDeliver(visitor: Visitor): Promise<void> {
  const { page, studio } = visitor
  await visitor.press('Control+4')
  await page.getByRole('radio', { name: 'All passed' }).click()
  await expect(page.getByRole('list', { name: 'Pictures to deliver' })).toBeVisible()
  await visitor.see('deliver')
  await visitor.button('Contact sheet').click()
  await expect(page.getByRole('dialog', { name: 'Contact sheet' })).toBeVisible()
  await visitor.see('contact-sheet')
  await visitor.closeLayer()
  await visitor.button('Proofing for the client').click()
  await expect(page.getByRole('dialog', { name: 'Proofing for the client' })).toBeVisible()
  await visitor.see('proofing')
  await visitor.closeLayer()
  const result = page.getByRole('dialog', { name: 'Export' })
  await visitor.call('settings.set', { change: { exportFolder: join(studio.folder, 'delivered') } })
  await visitor.press('Control+e')
  await expect(result).toContainText('written', { timeout: 60_000 })
  await visitor.see('export-written')
  await visitor.closeLayer()
  const occupied = join(studio.folder, 'not-a-folder')
  await writeFile(occupied, '')
  await visitor.call('settings.set', { change: { exportFolder: occupied } })
  await visitor.press('Control+e')
  await expect(page.locator('.toast')).toContainText('Nothing can be written')
  await visitor.seeMessages('export-failed')
  await visitor.press('Escape')
  await visitor.call('settings.set', { change: { exportFolder: null } })
}
