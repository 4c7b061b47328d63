import { expect } from '@playwright/test'
import { dropFiles } from '../drop-files.ts'
import type { Visitor } from './visitor.ts'

/** Photos, refused files, a group, and everything that can be asked for. */
export async function seePrepare(visitor: Visitor): Promise<void> {
  const { page, photos } = visitor
  await visitor.press('Control+1')
  await dropFiles(page, [photos.eileen, photos.grainy, photos.shoot, photos.broken])
  await expect(page.getByText('4 photos added', { exact: true })).toBeVisible({ timeout: 60_000 })
  await visitor.seeMessages('prepare-added')
  await visitor.see('prepare-rejected')
  await visitor.button('Empty the tray').click()
  await visitor.see('prepare')
  const photo = (name: string) => page.getByLabel('Left panel').getByRole('button', { name })
  await photo('two-officers.jpg').click()
  await expect(visitor.button('Face 2 of 2')).toBeVisible()
  await visitor.see('prepare-group')
  await visitor.button('Face 2 of 2').click()
  await expect(visitor.button('Face 2 of 2')).toHaveAttribute('aria-pressed', 'true')
  await visitor.button('Face 1 of 2').click()
  await expect(page.getByRole('menuitem', { name: 'This person instead' })).toBeVisible()
  await visitor.see('prepare-other-person')
  await visitor.press('Escape')
  await photo('eileen-collins.jpg').click()
  await visitor.button(/^All \d+$/).click()
  await visitor.see('prepare-backgrounds')
  await visitor.button('Fewer').click()
  for (const part of [/^Engine /, /^Attempts and seed/, /^Strictness/]) await visitor.button(part).click()
  await visitor.button(/^Engine /).scrollIntoViewIfNeeded()
  await visitor.see('prepare-details')
  for (const part of [/^Engine /, /^Attempts and seed/, /^Strictness/]) await visitor.button(part).click()
  await visitor.button('Save as preset…').click()
  await expect(page.getByRole('dialog', { name: 'Save as preset…' })).toBeVisible()
  await visitor.see('preset-name')
  await visitor.closeLayer()
}
