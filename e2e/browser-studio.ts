import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from '@playwright/test'
import { EventSource } from 'eventsource'
import { createStudioClient, type StudioClient } from '../src/contract/studio/client.ts'
import { createHttpTransport } from '../src/contract/studio/http-transport.ts'
import { SANDBOXED } from './studio-app.ts'

/** Debian's; playwright's own download is not to be had everywhere. */
const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
export const HAS_CHROMIUM = existsSync(CHROMIUM)

export const launchChromium = (): Promise<Browser> =>
  chromium.launch({ executablePath: CHROMIUM, chromiumSandbox: SANDBOXED })

export interface ServedStudio {
  readonly address: string
  readonly folder: string
  readonly studio: StudioClient
  /** What it wrote to the terminal so far. */
  readonly said: () => string
  /** As Ctrl+C does. */
  stop(): Promise<void>
}

export interface ServeOptions {
  /** Of an earlier one, to go on with. */
  readonly folder?: string
  readonly host?: string
  /** 0 takes a free one. */
  readonly port?: number
  /** Beside this process's own. */
  readonly environment?: Readonly<Record<string, string>>
}

/** The built program as a server, in plain Node. */
export async function serveStudio({
  folder: wanted,
  host = '127.0.0.1',
  port = 0,
  environment = {}
}: ServeOptions = {}): Promise<ServedStudio> {
  const folder = wanted ?? (await mkdtemp(join(tmpdir(), 'studio-served-')))
  const child: ChildProcess = spawn(
    process.execPath,
    ['out/main/cli.js', '--data', join(folder, 'data'), 'serve', '--host', host, '--port', String(port)],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...environment } }
  )
  let said = ''
  const ended = once(child, 'exit')
  const address = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      said += chunk.toString()
      const found = /answers at (http:\S+)/.exec(said)?.[1]
      if (found) resolve(found)
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.once('exit', () => reject(new Error(`The server ended: ${said}`)))
  })
  return {
    address,
    folder,
    studio: createStudioClient(createHttpTransport({ base: `${address}/`, fetch, EventSource })),
    said: () => said,
    async stop() {
      child.kill('SIGINT')
      await ended
    }
  }
}
