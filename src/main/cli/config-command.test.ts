import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runCommand } from '../testing/run-command.fixture.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'config-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const run = (variables: NodeJS.ProcessEnv, ...args: string[]) =>
  runCommand(folder, args, variables, () => Promise.reject(new Error('config opens no studio')))

describe('apex-studio config', () => {
  it('says what holds and where it came from, and shows no secret', async () => {
    const file = join(folder, 'studio.env')
    await writeFile(file, 'MAX_ATTEMPTS=5\nLOG_LEVEL=debug\nMAX_ATTEMPS=7\n')
    const variables = { VLLM_API_KEY: 'k3y', MONGO_URI: 'mongodb://anna:s3cret@db/', LOG_LEVEL: 'warn' }
    const { exitCode, out } = await run(
      variables,
      'config',
      '--json',
      '--env',
      file,
      '--port',
      '9000',
      '--allow-host',
      'a',
      'b'
    )
    expect(exitCode).toBe(0)
    const told = JSON.parse(out)
    const row = (name: string) => told.variables.find((each: { name: string }) => each.name === name)
    expect(row('MAX_ATTEMPTS')).toMatchObject({ value: '5', origin: 'file' })
    expect(row('LOG_LEVEL')).toMatchObject({ value: 'warn', origin: 'environment' })
    expect(row('APEX_PORT')).toMatchObject({ value: '9000', origin: 'flag' })
    expect(row('APEX_ALLOW_HOST')).toMatchObject({ value: 'a,b', origin: 'flag' })
    expect(row('VLLM_API_KEY')).toMatchObject({ value: '***', origin: 'environment' })
    expect(row('MONGO_URI')).toMatchObject({ value: 'mongodb://anna:***@db/' })
    expect(row('FLUX_SERVER_URL')).toMatchObject({ value: null, origin: 'default' })
    expect(told.unknown).toEqual(['MAX_ATTEMPS'])
    expect(out).not.toMatch(/k3y|s3cret/)
  })

  it('is a table for people, which marks what is not allowed', async () => {
    const { exitCode, out } = await run({ MAX_ATTEMPTS: 'many', API_KEY: 'k3y' }, 'config')
    expect(exitCode).toBe(2)
    expect(out).toMatch(/MAX_ATTEMPTS .*✗ many: allowed is a whole number from 1 to 10.*environment/)
    expect(out).toMatch(/FLUX_SERVER_URL .*\(no remote generator; no port is guessed\).*default/)
    expect(out).not.toContain('k3y')
  })

  it('takes the settings file from APEX_ENV_FILE, and refuses one that is not there', async () => {
    const { exitCode, err } = await run({ APEX_ENV_FILE: join(folder, 'missing') }, 'config')
    expect(exitCode).toBe(2)
    expect(err).toContain('[environment-invalid]')
  })

  it('takes flags also behind the command, and stops other commands by a wrong value', async () => {
    expect((await run({}, 'config', '--log-level', 'loud')).exitCode).toBe(2)
    const { err } = await run({ MAX_ATTEMPTS: '0' }, 'jobs', 'list')
    expect(err).toContain('MAX_ATTEMPTS is "0" (environment); allowed is a whole number from 1 to 10.')
  })
})
