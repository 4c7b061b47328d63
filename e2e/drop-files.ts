import type { Page } from '@playwright/test'

/**
 * Drags files and folders of this machine over the window and lets them go. They come with their paths, as from a file
 * manager: no event that a page could make itself does that.
 * https://chromedevtools.github.io/devtools-protocol/tot/Input/#method-dispatchDragEvent
 */
export async function dropFiles(page: Page, paths: readonly string[]): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const at = await page.evaluate(() => ({ x: window.innerWidth / 2, y: window.innerHeight / 2 }))
  const copy = 1
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', {
      type,
      ...at,
      data: { items: [], files: [...paths], dragOperationsMask: copy }
    })
  }
  await session.detach()
}
