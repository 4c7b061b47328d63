import { spawn, spawnSync } from 'node:child_process'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { chromium, expect, test } from '@playwright/test'
import { finishedPortrait } from './portrait-story.ts'
import { removeFolder, SANDBOXED, studioOf } from './studio-app.ts'

const EXECUTABLE = resolve('release', 'linux-unpacked', 'apex-portrait-studio')
/** As the fuse wire writes them, https://github.com/electron/fuses. */
const [OFF, ON] = ['0'.charCodeAt(0), '1'.charCodeAt(0)]

test.skip(process.platform !== 'linux', 'only the unpacked Linux folder is made so far')

test('the packed studio starts by itself and makes a portrait', async () => {
  test.setTimeout(600_000)
  const packed = spawnSync('npx', ['tsx', 'scripts/package.ts'], { encoding: 'utf8' })
  expect(packed.status, packed.stderr).toBe(0)
  const fuses = await getCurrentFuseWire(EXECUTABLE)
  expect(fuses[FuseV1Options.RunAsNode]).toBe(OFF)
  expect(fuses[FuseV1Options.EnableNodeOptionsEnvironmentVariable]).toBe(OFF)
  expect(fuses[FuseV1Options.EnableNodeCliInspectArguments]).toBe(OFF)
  expect(fuses[FuseV1Options.GrantFileProtocolExtraPrivileges]).toBe(OFF)
  expect(fuses[FuseV1Options.OnlyLoadAppFromAsar]).toBe(ON)

  const folder = await mkdtemp(join(tmpdir(), 'studio-packed-'))
  // Node's inspector is fused off; Chromium's own port lets the test reach the page.
  const args = [
    `--user-data-dir=${join(folder, 'profile')}`,
    '--remote-debugging-port=0',
    ...(SANDBOXED ? [] : ['--no-sandbox'])
  ]
  const { ELECTRON_RUN_AS_NODE: _, ...environment } = process.env
  const studio = spawn(EXECUTABLE, args, {
    cwd: folder,
    env: { ...environment, APEX_DATA_FOLDER: join(folder, 'data') },
    stdio: ['ignore', 'ignore', 'pipe']
  })
  const ended = new Promise<number | null>((done) => studio.once('exit', done))
  try {
    const endpoint = await new Promise<string>((found, failed) => {
      let said = ''
      studio.stderr.setEncoding('utf8').on('data', (text: string) => {
        said += text
        const [, address] = /DevTools listening on (ws:\S+)/.exec(said) ?? []
        if (address !== undefined) found(address)
      })
      void ended.then((code) => failed(new Error(`It ended with ${code}: ${said}`)))
    })
    await drawnPage(endpoint)
    const browser = await chromium.connectOverCDP(endpoint)
    const [context] = browser.contexts()
    const page = context?.pages()[0] ?? (await context?.waitForEvent('page'))
    if (!page) throw new Error('The packed studio has no page.')
    await page.waitForFunction(() => 'studio' in window)
    const api = studioOf(page)
    expect((await api.call('studio.licences', {})).licence).toContain('Apache License')
    const { accepted } = await api.call('photos.importSample', {})
    const job = await finishedPortrait(api, accepted[0]?._id ?? '')
    expect(job.error).toBeNull()
    expect(job.final ?? job.best).not.toBeNull()
    await browser.close()
  } finally {
    studio.kill('SIGTERM')
    expect(await ended).toBe(0)
    await removeFolder(folder)
  }
})

/** Chromium loses an answer now and then to whoever attaches while a window is being created. */
async function drawnPage(endpoint: string): Promise<void> {
  const list = new URL('/json/list', endpoint.replace('ws:', 'http:'))
  await expect.poll(async () => await (await fetch(list)).text()).toContain('"title": "APEX Portrait Studio"')
}
