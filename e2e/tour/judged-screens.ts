import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from '@playwright/test'
import type { Visitor } from './visitor.ts'

const CLI = join('out', 'main', 'cli.js')

/** Tries a model on canaries, as a photographer would before the studio is opened. */
export async function calibrate(dataFolder: string, environment: Readonly<Record<string, string>>, photo: string) {
  const args = [CLI, '--data', dataFolder, 'judge', 'calibrate', photo]
  await promisify(execFile)(process.execPath, args, { env: { ...process.env, ...environment } })
}

const WORDS = {
  en: { judge: 'Judge', prompts: 'Prompts', report: 'Report', tried: 'What was tried' },
  de: { judge: 'Prüfmodell', prompts: 'Prompts', report: 'Bericht', tried: 'Was versucht wurde' }
} as const

/** What is there only where a model writes and judges, in both languages. */
export async function seeJudged(visitor: Visitor): Promise<void> {
  const { accepted } = await visitor.call('photos.import', { sources: [{ kind: 'path', path: visitor.photos.grainy }] })
  const parameters = { background: 'city' }
  const order = {
    photoIds: accepted.map(({ _id }) => _id),
    seed: 7,
    parameters,
    strictness: { noise: 'strict' as const }
  }
  const { jobs, refused } = await visitor.call('jobs.submit', { orders: [order] })
  expect(refused).toEqual([])
  for (const { _id } of jobs) await visitor.ended(_id)
  await expect(visitor.page.locator('.toast')).toBeVisible()
  await seeIn(visitor, 'en')
  await seeIn(visitor, 'de')
}

async function seeIn(visitor: Visitor, language: keyof typeof WORDS): Promise<void> {
  const { page } = visitor
  const words = WORDS[language]
  const see = (name: string) => visitor.see(language === 'de' ? `german-${name}` : name)
  await visitor.call('settings.set', { change: { language } })
  await expect(page.locator('html')).toHaveAttribute('lang', language)
  await visitor.press('Control+,')
  await page.getByRole('tab', { name: words.judge }).click()
  await expect(page.getByRole('table')).toBeVisible()
  await see('judged-settings')
  await page.getByRole('tab', { name: words.prompts }).click()
  await expect(page.locator('.prompt-text')).toBeVisible()
  await see('settings-prompts')
  await visitor.closeLayer()
  await visitor.open('iso-25600.jpg')
  await page.mouse.move(0, 0)
  await see('judged-attempts')
  await visitor.choose('iso-25600.jpg')
  await visitor.button(words.report).click()
  await expect(page.getByRole('dialog').getByRole('heading', { name: words.tried })).toBeVisible()
  await see('judged-report')
  await page.getByRole('heading', { name: words.tried }).scrollIntoViewIfNeeded()
  await see('judged-report-tried')
  await visitor.closeLayer()
  await visitor.press('c')
  await expect(page.locator('.compare-panes')).toBeVisible()
  await page.mouse.move(0, 0)
  await see('judged-compare')
}
