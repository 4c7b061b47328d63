import { expect } from '@playwright/test'
import type { Visitor } from './visitor.ts'

/** The grid, one job with all its attempts, reports, and the bin. */
export async function seeGallery(visitor: Visitor): Promise<void> {
  const { page } = visitor
  const { items } = await visitor.call('jobs.list', {})
  for (const [index, job] of items.entries()) {
    if (job.status !== 'completed') continue
    const change = index === 0 ? ({ stars: 5, flag: 'pick' } as const) : ({ stars: 3, label: 'blue' } as const)
    await visitor.call('jobs.rate', { targets: [{ jobId: job._id }], change })
  }
  await visitor.choose('eileen-collins.jpg')
  await expect(page.getByRole('checkbox', { name: 'running 0' })).toBeVisible()
  await visitor.see('gallery')
  await page.getByRole('searchbox').fill('nobody of this name')
  await expect(page.getByRole('heading', { name: 'Nothing fits this filter' })).toBeVisible()
  await visitor.see('gallery-nothing-found')
  await page.getByLabel('Stage').getByRole('button', { name: 'Clear' }).click()
  await visitor.open('eileen-collins.jpg')
  await visitor.see('attempts-passed')
  await visitor.button('More').click()
  await expect(page.getByRole('menuitem', { name: 'Make again', exact: true })).toBeVisible()
  await visitor.see('attempts-menu')
  await visitor.press('Escape')
  await visitor.open('iso-25600.jpg')
  await visitor.see('attempts-failed')
  await visitor.press('o')
  await visitor
    .button(/change/)
    .last()
    .click()
  await visitor.see('attempts-measured')
  await visitor.press('o')
  await seeReport(visitor, 'iso-25600.jpg', 'report-failed')
  await seeReport(visitor, 'grace-hopper.jpg', 'report-to-change')
  await seeReport(visitor, 'two-officers.jpg', 'report-passed')
  await visitor.choose('two-officers.jpg')
  await visitor.press('Delete')
  await expect(page.locator('.toast')).toContainText('Moved to the bin')
  await visitor.seeMessages('gallery-undo')
  await page.getByRole('checkbox', { name: 'Only the bin' }).check()
  await expect(page.getByRole('option')).toHaveCount(1)
  await visitor.see('bin')
  await page.getByRole('checkbox', { name: 'Only the bin' }).uncheck()
}

async function seeReport(visitor: Visitor, photo: string, name: string): Promise<void> {
  await visitor.choose(photo)
  await visitor.button('Report').click()
  await expect(visitor.page.getByRole('dialog').getByRole('heading', { name: 'What was tried' })).toBeVisible()
  await visitor.see(name)
  await visitor.closeLayer()
}
