import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildTinyVlm } from '../../../scripts/models/tiny-vlm/build-tiny-vlm.ts'
import { TINY_MODEL } from '../../../scripts/models/tiny-vlm/sample-tiny-vlm.ts'
import { processesFromSources } from '../testing/real-studio.fixture.ts'
import { EXIT } from './exit-code.ts'
import { runCli } from './program.ts'
import { Terminal } from './terminal.ts'

let root = ''
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'apex-serve-vlm-'))
})
afterEach(() => rm(root, { recursive: true, force: true }))

function serve(variables: NodeJS.ProcessEnv, ...args: string[]) {
  const [out, err] = [new PassThrough(), new PassThrough()]
  const stop = new AbortController()
  const said = text(err)
  const address = new Promise<string>((resolve) => {
    err.on('data', (chunk: Buffer) => {
      const [, found] = /answers at (\S+)\/v1/.exec(chunk.toString()) ?? []
      if (found !== undefined) resolve(found)
    })
  })
  const exitCode = runCli(['--data', join(root, 'data'), '--log-level', 'silent', 'serve', '--role', 'vlm', ...args], {
    openStudio: () => Promise.reject(new Error('A model server opens no studio.')),
    storeWorker: () => {
      throw new Error('A model server needs no store.')
    },
    processes: processesFromSources(),
    version: '0.0.0',
    programFolder: fileURLToPath(new URL('../../..', import.meta.url)),
    variables,
    signal: stop.signal,
    terminal: new Terminal(out, err)
  }).finally(() => err.end())
  return { stop, said, address, exitCode }
}

describe('apex-studio serve --role vlm', () => {
  it('serves the model of a folder until it is ended, and its key is that of API_KEY', async () => {
    const folder = join(root, 'tiny')
    await buildTinyVlm(folder, TINY_MODEL)
    const { stop, address, exitCode } = serve({ API_KEY: 'k3y', GPU_UTIL: '1' }, '--model', folder, '--port', '0')
    const models = `${await address}/v1/models`
    expect((await fetch(models)).status).toBe(401)
    const listed = await fetch(models, { headers: { authorization: 'Bearer k3y' } })
    expect(await listed.json()).toMatchObject({ data: [{ id: 'tiny' }] })
    stop.abort()
    expect(await exitCode).toBe(EXIT.delivered)
  })

  it.each([
    ['PORT', 'ttyS0'],
    ['PORT', '70000'],
    ['GPU_UTIL', '90%'],
    ['GPU_UTIL', '0'],
    ['MAX_SEQ_LENGTH', '12k'],
    ['MAX_SEQ_LENGTH', '512']
  ])('refuses %s=%s instead of taking its default', async (name, value) => {
    const { said, exitCode } = serve({ [name]: value })
    expect(await exitCode).toBe(EXIT.badInput)
    expect(await said).toMatch(new RegExp(`${name} is "${value}" \\(environment\\); allowed is `))
    expect(await said).toContain(`Without ${name}: `)
  })

  it.each([
    ['HuggingFaceTB/SmolVLM2-2.2B-Instruct', 'smolvlm-instruct'],
    [undefined, 'smolvlm-instruct'],
    ['HuggingFaceTB/SmolVLM-256M-Instruct', 'smolvlm-256m-instruct']
  ])('names what to install where MODEL is %s', async (MODEL, id) => {
    const { said, exitCode } = serve({ ...(MODEL !== undefined && { MODEL }) })
    expect(await exitCode).toBe(EXIT.badInput)
    expect(await said).toContain(`models pull ${id}`)
  })
})
