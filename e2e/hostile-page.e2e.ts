import { readFile } from 'node:fs/promises'
import { expect, test } from '@playwright/test'
import { launchStudio, removeFolder, SANDBOXED, type StudioApp } from './studio-app.ts'

/** What a page that had been taken over would try. */
let studio: StudioApp
test.beforeAll(async () => {
  studio = await launchStudio()
})
test.afterAll(async () => {
  await studio.quit()
  await removeFolder(studio.folder)
})

const ask = (request: unknown) =>
  studio.page.evaluate((asked) => window.studio.call(asked as Parameters<typeof window.studio.call>[0]), request)

test('opens one window, and complains of nothing', async () => {
  expect(studio.app.windows()).toHaveLength(1)
  expect(studio.complaints).toEqual([])
})

test('has no Node, and nothing of Electron but the way to the studio', async () => {
  const found = await studio.page.evaluate(() => ({
    globals: ['require', 'process', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer'].filter(
      (name) => name in window
    ),
    studio: Object.keys(window.studio).sort(),
    frozen: (() => {
      try {
        Reflect.set(window.studio, 'call', () => 'taken over')
      } catch {
        return true
      }
      return window.studio.call.toString().includes('taken over') === false
    })()
  }))
  expect(found.globals).toEqual([])
  expect(found.studio).toEqual(['call', 'contractVersion', 'listen', 'mediaBase', 'pathOf', 'version'])
  expect(found.frozen).toBe(true)
})

test('runs in Chromium’s sandbox', async () => {
  test.skip(process.platform !== 'linux' || !SANDBOXED, 'read from /proc, and root has no sandbox')
  const pid = await studio.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId()
  )
  // 2 is SECCOMP_MODE_FILTER, man 5 proc_pid_status.
  expect(await readFile(`/proc/${pid}/status`, 'utf8')).toMatch(/^Seccomp:\s*2$/m)
})

test('gets no further than the contract lets it', async () => {
  const refused = { ok: false, error: { code: expect.stringMatching(/^call-(unknown|invalid)$/) } }
  for (const request of [
    null,
    'studio.describe',
    {},
    { name: 'studio.describe' },
    { name: 'constructor', params: {}, task: null },
    { name: '__proto__', params: {}, task: null },
    { name: 'toString', params: {}, task: null },
    { name: 'shell.openExternal', params: { url: 'file:///etc/passwd' }, task: null },
    { name: 'studio.describe', params: { more: true }, task: null },
    { name: 'studio.describe', params: {}, task: null, sender: 'me' },
    { name: 'jobs.get', params: { id: { $gt: '' } }, task: null },
    { name: 'jobs.list', params: { filter: { status: [{ $ne: 'failed' }] } }, task: null },
    { name: 'settings.set', params: { change: { surround: '<script>' } }, task: null },
    { name: 'desktop.openPage', params: { page: 'https://example.invalid' }, task: null },
    { name: 'swatches.render', params: { photoId: null, of: '__proto__', ids: ['x'] }, task: null }
  ]) {
    expect(await ask(request), JSON.stringify(request)).toMatchObject(refused)
  }
})

test('reaches no other channel of Electron', async () => {
  const channels = await studio.app.evaluate(({ ipcMain }) => {
    const handlers: unknown = Reflect.get(ipcMain, '_invokeHandlers')
    return handlers instanceof Map ? [...handlers.keys()] : null
  })
  expect(channels).toEqual(['studio:call'])
})

test('is not answered from a frame within the page, nor from another window', async () => {
  const { app } = studio
  const preload = 'out/preload/index.cjs'
  const answer = await app.evaluate(async ({ BrowserWindow, app: electron }, script) => {
    const path = `${electron.getAppPath()}/${script}`
    const other = new BrowserWindow({ show: false, webPreferences: { preload: path, sandbox: true } })
    await other.loadURL('app://studio/')
    const said: unknown = await other.webContents.executeJavaScript(
      "window.studio.call({ name: 'studio.describe', params: {}, task: null })"
    )
    other.destroy()
    return said
  }, preload)
  expect(answer).toMatchObject({ ok: false, error: { code: 'call-refused' } })
})

test('runs no script and no evaluation of its own', async () => {
  const policy = await studio.page.evaluate(async () =>
    (await fetch('/index.html')).headers.get('content-security-policy')
  )
  expect(policy).toContain("default-src 'none'")
  expect(policy).not.toContain('unsafe')
  const [ran, evaluated, styled] = await studio.page.evaluate(async () => {
    const script = document.createElement('script')
    script.textContent = 'window.name = "inline script ran"'
    document.body.append(script)
    const style = document.createElement('style')
    style.textContent = 'body { outline: 7px solid rgb(1, 2, 3) }'
    document.head.append(style)
    // From a turn of its own: what the test itself evaluates is let through.
    const result = await new Promise<string>((resolve) => {
      setTimeout(() => {
        try {
          resolve(String(new Function('return 7')()))
        } catch {
          resolve('refused')
        }
      })
    })
    const outlined = getComputedStyle(document.body).outlineWidth
    script.remove()
    style.remove()
    return [window.name, result, outlined]
  })
  expect([ran, evaluated]).toEqual(['', 'refused'])
  expect(styled).not.toBe('7px')
})

test('hands out a fresh nonce with each response, and the page has the one of its own', async () => {
  const nonces = await studio.page.evaluate(async () => {
    const fetched = async () => {
      const response = await fetch('/index.html')
      const policy = response.headers.get('content-security-policy') ?? ''
      return [/'nonce-([^']+)'/.exec(policy)?.[1], /nonce="([^"]+)"/.exec(await response.text())?.[1]]
    }
    return [await fetched(), await fetched()]
  })
  expect(nonces[0]?.[0]).toBe(nonces[0]?.[1])
  expect(nonces[0]?.[0]).not.toBe(nonces[1]?.[0])
})

test('stays where it is', async () => {
  const before = studio.page.url()
  for (const url of ['https://example.invalid/', 'file:///etc/passwd', 'app://other/', 'data:text/html,gone']) {
    expect(await studio.page.evaluate((address) => window.open(address), url)).toBeNull()
    await studio.page.evaluate((address) => {
      window.location.href = address
    }, url)
    await studio.page.evaluate((address) => {
      const frame = document.createElement('iframe')
      frame.src = address
      document.body.append(frame)
    }, url)
  }
  await studio.page.waitForTimeout(300)
  expect(studio.page.url()).toBe(before)
  expect(studio.app.windows()).toHaveLength(1)
  for (const frame of studio.page.frames().slice(1)) expect(frame.url()).not.toMatch(/^(https|file)/)
})

test('comes back from an empty page', async () => {
  const before = studio.page.url()
  await studio.page.evaluate(() => setTimeout(() => window.location.assign('about:blank')))
  await studio.page.waitForURL('about:blank').catch(() => undefined)
  await studio.page.waitForURL(before)
  expect(await ask({ name: 'studio.describe', params: {}, task: null })).toMatchObject({ ok: true })
})

test('is served no file but its own and no picture but by its id', async () => {
  const id = 'a'.repeat(64)
  const paths = [
    '/../main/index.js',
    '/%2e%2e/main/index.js',
    '/..%2fmain/index.js',
    '/%5c..%5cmain/index.js',
    '/%00',
    'studio-media://artifact/../../../../etc/passwd',
    'studio-media://artifact/..%2f..%2f..%2fetc%2fpasswd',
    'studio-media://artifact/%2e%2e/studio.db',
    `studio-media://artifact/${id}`,
    `studio-media://artifact/${id}/../../studio.db`,
    `studio-media://thumbnail/${id}?edge=320`,
    `studio-media://thumbnail/${id}?edge=999999`,
    'studio-media://swatch/../../studio.db',
    'studio-media://file//etc/passwd'
  ]
  const seen = await studio.page.evaluate(
    (addresses) =>
      Promise.all(
        addresses.map((address) =>
          fetch(address).then(
            ({ status }) => status,
            () => 'refused'
          )
        )
      ),
    paths
  )
  for (const [index, status] of seen.entries()) expect([404, 'refused'], paths[index]).toContain(status)
  const loaded = await studio.page.evaluate(
    (addresses) =>
      Promise.all(
        addresses.map(
          (address) =>
            new Promise((resolve) => {
              const image = new Image()
              image.onload = () => resolve(true)
              image.onerror = () => resolve(false)
              image.src = address
            })
        )
      ),
    [...paths, 'file:///usr/share/pixmaps/debian-logo.png', 'https://example.invalid/a.png']
  )
  expect(loaded).not.toContain(true)
})

test('is refused every permission', async () => {
  const asked = await studio.page.evaluate(async () => {
    const refusal = (work: () => Promise<unknown>) =>
      work().then(
        (value) =>
          value === 'granted' ? 'granted' : value === 'denied' || value === undefined ? 'refused' : 'granted',
        () => 'refused'
      )
    return await Promise.all([
      refusal(() => navigator.mediaDevices.getUserMedia({ video: true })),
      refusal(() => Notification.requestPermission()),
      refusal(() => navigator.clipboard.readText()),
      refusal(
        () =>
          new Promise((_resolve, reject) => {
            navigator.geolocation.getCurrentPosition((position) => _resolve(position), reject)
          })
      ),
      refusal(async () => (await navigator.permissions.query({ name: 'geolocation' })).state)
    ])
  })
  expect(new Set(asked)).toEqual(new Set(['refused']))
})

test('has no menu entry that leads out', async () => {
  const roles = await studio.app.evaluate(({ Menu }) =>
    (Menu.getApplicationMenu()?.items ?? []).flatMap((item) => (item.submenu?.items ?? []).map(({ role }) => role))
  )
  expect(roles).toContain('copy')
  expect(roles).not.toContain('toggledevtools')
  expect(roles).not.toContain('help')
})

test('is sent the commands of the menu', async () => {
  const { page, app } = studio
  await page.evaluate(() => {
    Reflect.set(window, 'heard', [])
    window.studio.listen((message) => void (Reflect.get(window, 'heard') as unknown[]).push(message))
  })
  await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('export')?.click())
  await expect
    .poll(() => page.evaluate(() => Reflect.get(window, 'heard') as unknown[]))
    .toContainEqual({ event: 'menu.command', payload: { command: 'export' } })
})
