import { expect } from '@playwright/test'
import type { Visitor } from './visitor.ts'

/** The smallest window, CSS pixels. */
const SMALL = { width: 1100, height: 700 }

export async function seeLanguagesAndSizes(visitor: Visitor): Promise<void> {
  const { page, studio } = visitor
  await visitor.call('settings.set', { change: { language: 'de' } })
  await expect(page.locator('html')).toHaveAttribute('lang', 'de')
  await seeMain(visitor, 'german')
  await visitor.press('Control+,')
  await expect(page.getByRole('dialog', { name: 'Einstellungen' })).toBeVisible()
  await visitor.see('german-settings')
  await visitor.closeLayer()
  await visitor.call('settings.set', { change: { language: 'en' } })
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  for (const percent of [150, 200]) {
    await scale(percent / 100)
    await seeMain(visitor, `at-${percent}`)
  }
  await scale(1)
  await studio.app.evaluate(({ BrowserWindow }, { width, height }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(width, height)
  }, SMALL)
  await expect.poll(() => page.evaluate(() => window.innerWidth)).toBe(SMALL.width)
  await seeMain(visitor, 'small')

  async function scale(factor: number): Promise<void> {
    const full = await page.evaluate(() => window.innerWidth * devicePixelRatio)
    await studio.app.evaluate(
      ({ BrowserWindow }, times) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(times),
      factor
    )
    await expect
      .poll(async () => Math.abs((await page.evaluate(() => window.innerWidth)) - full / factor))
      .toBeLessThan(2)
  }
}

/** The four screens with something on them; nothing may lie beyond the edge of the window. */
async function seeMain(visitor: Visitor, name: string): Promise<void> {
  const { page } = visitor
  const see = async (screen: string) => {
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect(beyond, `${name}-${screen}`).toBeLessThanOrEqual(0)
    await visitor.see(`${name}-${screen}`)
  }
  await visitor.press('Control+1')
  await expect(page.locator('.stage-picture')).toBeVisible()
  await see('prepare')
  await visitor.open('iso-25600.jpg')
  await see('attempts')
  await visitor.press('c')
  await expect(page.locator('.compare-panes')).toBeVisible()
  await see('compare')
  await visitor.press('Control+4')
  await expect(page.locator('.deliver')).toBeVisible()
  await see('deliver')
}
