import { expect } from '@playwright/test'
import type { Visitor } from './visitor.ts'

/** Each way to compare, of the attempts of one job and of several jobs. */
export async function seeCompare(visitor: Visitor): Promise<void> {
  const { page } = visitor
  await visitor.choose('iso-25600.jpg')
  await visitor.press('c')
  await expect(page.getByLabel('Stage').getByRole('heading', { name: 'Attempt 3' })).toBeVisible()
  await visitor.see('compare-two')
  for (const way of ['4-up', 'Slider', 'Blink', 'Difference']) {
    await page.getByRole('radio', { name: way }).click()
    await visitor.see(`compare-${way === '4-up' ? 'four' : way.toLowerCase()}`)
  }
  await page.getByRole('radio', { name: '2-up' }).click()
  await page.getByRole('radio', { name: '1:1' }).click()
  await visitor.see('compare-loupe')
  await visitor.choose('eileen-collins.jpg')
  await visitor.press('c', '\\')
  await expect(page.getByRole('slider', { name: 'Where one picture ends' })).toBeVisible()
  await visitor.see('compare-before-after')
}
