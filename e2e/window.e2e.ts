import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type ElectronApplication, expect, type Page, test } from '@playwright/test'

let app: ElectronApplication
let page: Page
let profile: string
const violations: string[] = []

test.beforeAll(async () => {
  const executablePath = execFileSync('npx', ['tsx', 'scripts/electron/ensure-runtime.ts'], { encoding: 'utf8' }).trim()
  profile = await mkdtemp(join(tmpdir(), 'studio-profile-'))
  const asRoot = process.getuid?.() === 0
  app = await _electron.launch({
    executablePath,
    args: [...(asRoot ? ['--no-sandbox'] : []), `--user-data-dir=${profile}`, '.']
  })
  page = await app.firstWindow()
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) violations.push(message.text())
  })
  await page.waitForSelector('h1')
})

test.afterAll(async () => {
  await app.close()
  await rm(profile, { recursive: true, force: true })
})

test('opens one window that teaches what to do', async () => {
  await expect(page.getByRole('heading', { name: 'APEX Portrait Studio' })).toBeVisible()
  await expect(page.getByText('npm run portrait -- photo.jpg')).toBeVisible()
  expect(app.windows()).toHaveLength(1)
  await page.screenshot({ path: 'test-results/e2e/empty-studio.png' })
})

test('gives the page no Node', async () => {
  const globals = await page.evaluate(() =>
    ['require', 'process', 'module', 'Buffer', 'global'].filter((name) => name in window)
  )
  expect(globals).toEqual([])
  expect(await page.evaluate(() => Object.keys(window.studio).sort())).toEqual(['contractVersion', 'version'])
})

test('sends a policy that lets nothing in from outside', async () => {
  const policy = await page.evaluate(async () => (await fetch('/index.html')).headers.get('content-security-policy'))
  expect(policy).toContain("default-src 'none'")
  expect(policy).not.toContain('unsafe')
  expect(violations).toEqual([])
  const evaluated = await page.evaluate(() => {
    const script = document.createElement('script')
    script.textContent = 'window.name = "inline script ran"'
    document.body.append(script)
    return window.name
  })
  expect(evaluated).toBe('')
})

test('stays where it is', async () => {
  const before = page.url()
  expect(await page.evaluate(() => window.open('https://example.invalid/'))).toBeNull()
  await page.evaluate(() => {
    window.location.href = 'https://example.invalid/'
  })
  await page.waitForTimeout(200)
  expect(page.url()).toBe(before)
  expect(app.windows()).toHaveLength(1)
})

test('serves no file outside the page’s own folder', async () => {
  const statuses = await page.evaluate(() =>
    Promise.all(
      ['/../main/index.js', '/%2e%2e/main/index.js', '/..%2fmain/index.js', '/%5c..%5cmain/index.js', '/%00'].map(
        async (path) => (await fetch(path)).status
      )
    )
  )
  expect(new Set(statuses)).toEqual(new Set([404]))
})

test('is refused every permission', async () => {
  const answer = await page.evaluate(async () => {
    try {
      await navigator.mediaDevices.getUserMedia({ video: true })
      return 'granted'
    } catch (error) {
      return error instanceof Error ? error.name : 'refused'
    }
  })
  expect(answer).not.toBe('granted')
  const notifications = await page.evaluate(() => Notification.requestPermission())
  expect(notifications).toBe('denied')
})
