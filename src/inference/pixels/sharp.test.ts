import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { needsWebAssembly } from './sharp.ts'

const MODULE = new URL('sharp.ts', import.meta.url).href

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sharp-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Loads the module in a process of its own and tells which build it has, by making a picture with it. */
async function buildIn(prelude: string): Promise<unknown> {
  const script = join(folder, 'build.mts')
  await writeFile(
    script,
    `${prelude}
    const { sharp } = await import(${JSON.stringify(MODULE)})
    const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } }).png().toBuffer()
    const { format } = await sharp(picture).metadata()
    console.log(JSON.stringify({ emscripten: 'emscripten' in sharp.versions, format }))`
  )
  // A file, not --eval: the WebAssembly build starts worker threads, which inherit the command line.
  const out = execFileSync(process.execPath, ['--import', 'tsx', script], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 50_000
  })
  return JSON.parse(out)
}

describe('the build of sharp', () => {
  it('is WebAssembly under Electron on Linux only', () => {
    expect(needsWebAssembly({ electron: '45.0.0' }, 'linux')).toBe(true)
    expect(needsWebAssembly({ electron: '45.0.0' }, 'darwin')).toBe(false)
    expect(needsWebAssembly({ electron: '45.0.0' }, 'win32')).toBe(false)
    expect(needsWebAssembly({}, 'linux')).toBe(false)
  })

  it('works where it is WebAssembly, and is native elsewhere', async () => {
    const electron = `Object.defineProperty(process, 'platform', { value: 'linux' })
      Object.defineProperty(process.versions, 'electron', { value: '45.0.0' })`
    expect(await buildIn(electron)).toEqual({ emscripten: true, format: 'png' })
    expect(await buildIn('')).toEqual({ emscripten: false, format: 'png' })
  })
})
