import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type ElectronApplication, expect, type Page, test } from '@playwright/test'
import { EXECUTABLE_VARIABLE } from './global-setup.ts'

/** Chromium's sandbox refuses to run as root; the variable, which Electron reads too, is for machines that forbid it. */
const sandboxed = process.getuid?.() !== 0 && process.env.ELECTRON_DISABLE_SANDBOX === undefined

let app: ElectronApplication
let page: Page
let profile: string
const violations: string[] = []

test.beforeAll(async () => {
  profile = await mkdtemp(join(tmpdir(), 'studio-profile-'))
  app = await _electron.launch({
    executablePath: process.env[EXECUTABLE_VARIABLE] ?? '',
    chromiumSandbox: sandboxed,
    args: [`--user-data-dir=${profile}`, '.']
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

test('runs the page in Chromium’s sandbox', async () => {
  test.skip(process.platform !== 'linux' || !sandboxed, 'read from /proc, and root has no sandbox')
  const pid = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId())
  // 2 is SECCOMP_MODE_FILTER, man 5 proc_pid_status.
  expect(await readFile(`/proc/${pid}/status`, 'utf8')).toMatch(/^Seccomp:\s*2$/m)
})

test('has no menu entry that leads out', async () => {
  const roles = await app.evaluate(({ Menu }) =>
    (Menu.getApplicationMenu()?.items ?? []).flatMap((item) => (item.submenu?.items ?? []).map(({ role }) => role))
  )
  expect(roles).toContain('copy')
  expect(roles).not.toContain('toggledevtools')
  expect(roles).not.toContain('help')
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
