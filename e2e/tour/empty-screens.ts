import { expect } from '@playwright/test'
import type { Visitor } from './visitor.ts'

/** What each screen says before there is anything. */
const EMPTY = [
  ['Control+1', 'Make a portrait in three steps', 'prepare-empty'],
  ['Control+2', 'No portraits yet', 'gallery-empty'],
  ['Control+3', 'Nothing to compare yet', 'compare-empty'],
  ['Control+4', 'Nothing to deliver yet', 'deliver-empty'],
  ['Control+5', 'Nothing waits', 'queue-empty']
] as const

export async function seeEmpty(visitor: Visitor): Promise<void> {
  for (const [keys, heading, name] of EMPTY) {
    await visitor.press(keys)
    await expect(visitor.page.getByRole('heading', { name: heading })).toBeVisible()
    await visitor.see(name)
  }
  await visitor.closeLayer()
}
