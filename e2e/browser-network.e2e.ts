import { execFile } from 'node:child_process'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Browser, expect, test } from '@playwright/test'
import { HAS_CHROMIUM, launchChromium, type ServedStudio, serveStudio } from './browser-studio.ts'
import { removeFolder } from './studio-app.ts'

/** As a tablet reaches it: over the network, where browsers hold back what is for secure contexts. */
const hasNetwork = Object.values(networkInterfaces()).some((each) =>
  each?.some(({ family, internal }) => family === 'IPv4' && !internal)
)
test.skip(!HAS_CHROMIUM || !hasNetwork, 'This takes Chromium and a network.')

/** What a command prints for the studio of this folder. */
async function cli(folder: string, ...args: string[]): Promise<string> {
  const all = ['out/main/cli.js', '--data', join(folder, 'data'), ...args]
  return (await promisify(execFile)(process.execPath, all)).stdout.trim()
}

let browser: Browser
let served: ServedStudio
test.beforeAll(async () => {
  const first = await serveStudio()
  const { folder } = first
  await first.stop()
  await cli(folder, 'keys', 'add', 'e2e')
  served = await serveStudio({ folder, host: '0.0.0.0' })
  browser = await launchChromium()
})
test.afterAll(async () => {
  await browser?.close()
  await served?.stop()
  if (served) await removeFolder(served.folder)
})

test('a tablet comes in by a link, once, and has the whole studio', async () => {
  const link = await cli(served.folder, '--host', '0.0.0.0', '--port', new URL(served.address).port, 'browser-link')
  // What the server says goes into a log here.
  await expect.poll(served.said).toContain('apex-studio browser-link')
  expect(served.said()).not.toContain('#enter=')
  const tablet = await (await browser.newContext({ viewport: { width: 820, height: 1180 }, hasTouch: true })).newPage()
  const complaints: string[] = []
  tablet.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  tablet.on('pageerror', (error) => complaints.push(String(error)))
  await tablet.goto(link)
  expect(await tablet.evaluate(() => window.isSecureContext)).toBe(false)
  await tablet.getByRole('button', { name: 'Try the sample photo' }).tap()
  await expect(tablet.getByRole('img', { name: 'Face 1 of 1' })).toBeVisible()
  expect(tablet.url()).not.toContain('enter')
  await tablet.reload()
  await expect(tablet.getByText('eileen-collins.jpg').first()).toBeVisible()
  expect(complaints).toEqual([])

  const stranger = await (await browser.newContext()).newPage()
  await stranger.goto(link)
  await expect(stranger.getByText('This browser has not been let in.').first()).toBeVisible()
  await expect(stranger.getByText('eileen-collins.jpg')).toHaveCount(0)
})
