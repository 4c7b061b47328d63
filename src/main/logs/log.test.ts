import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { StudioError } from '../../domain/errors.ts'
import { type LogOptions, openLog } from './log.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'log-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

type Line = Record<string, unknown>

const parse = (lines: string): Line[] =>
  lines
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

async function logged(
  write: (log: Awaited<ReturnType<typeof openLog>>['log']) => void,
  options: Partial<LogOptions> = {}
) {
  const shown = new PassThrough()
  const { log, close } = await openLog({
    role: 'jobs',
    level: 'info',
    folder,
    console: shown,
    secrets: [],
    ...options
  })
  write(log)
  await close()
  shown.end()
  return { shown: await text(shown), file: await readFile(join(folder, 'jobs.log'), 'utf8').catch(() => '') }
}

describe('the log', () => {
  it('writes each line to the console and to the file of its role, with its fields', async () => {
    const { shown, file } = await logged((log) => {
      log.info({ jobId: '01J', step: 'generate', attempt: 2 }, 'step begins')
      log.debug('not at this level')
    })
    expect(file).toBe(shown)
    expect(parse(file)).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        pid: process.pid,
        role: 'jobs',
        jobId: '01J',
        step: 'generate',
        attempt: 2,
        msg: 'step begins'
      }
    ])
    expect((await stat(join(folder, 'jobs.log'))).mode & 0o077).toBe(0)
  })

  it('tells an error with code, hint and causes; a stack only of faults of the studio; no details', async () => {
    const cause = new Error('socket closed')
    const error = new StudioError('store-unavailable', 'The database is away.', { cause, details: { notes: 'scar' } })
    const { file } = await logged((log) => log.error({ err: error }, 'trouble'))
    const [line] = parse(file)
    expect(line?.err).toEqual({
      code: 'store-unavailable',
      message: 'The database is away.',
      hint: error.hint,
      cause: { code: 'internal', message: 'socket closed', stack: expect.stringContaining('log.test.ts') }
    })
    expect(file).not.toContain('scar')
  })

  it.each([
    ['a password in an address', { uri: 'mongodb://anna:s3cret@db/' }],
    ['a password in a message', { err: new Error('cannot reach mongodb+srv://anna:s3cret@db/?w=1') }],
    ['a header', { req: { headers: { authorization: 'Basic s3cret' } } }],
    ['cookies', { headers: { cookie: 'session=s3cret', 'set-cookie': ['session=s3cret'] } }],
    ['a key in a header of ours', { a: { b: { 'x-api-key': 's3cret' } } }],
    ['credentials in a message', { err: new Error('sent "Authorization: Bearer s3cret" and got 401') }],
    ['a key of the studio', { said: `apex_0a1b2c3d_s3cret${'x'.repeat(37)}` }],
    ['a field that is a secret by its name', { password: 's3cret', deeper: { token: 's3cret' } }],
    ['a secret of the environment, wherever it stands', { said: 'asked with kn0wn-"s3cret"' }],
    ['what a photographer wrote', { parameters: { notes: 's3cret' }, prompt: 's3cret' }],
    ['bytes', { picture: Buffer.from('s3cret'), deeper: { picture: Buffer.from('s3cret') } }],
    ['a picture as text', { answer: { image_base64: 's3cret' }, said: Buffer.alloc(300, 's3cret').toString('base64') }]
  ])('leaves out %s', async (_what, fields) => {
    const { file, shown } = await logged((log) => log.info(fields, 'said'), { secrets: ['kn0wn-"s3cret"'] })
    expect(parse(file)[0]?.msg).toBe('said')
    for (const where of [file, shown]) {
      expect(where).not.toContain('s3cret')
      expect(where).not.toContain(Buffer.from('s3crets3crets3cret').toString('base64'))
      expect(where).not.toContain([...Buffer.from('s3cret')].join(','))
    }
  })

  it('keeps what is no secret: hashes, names, addresses', async () => {
    const fields = { artifact: 'a'.repeat(64), address: 'http://127.0.0.1:8001/jobs?limit=5', code: 'key-missing' }
    const { file } = await logged((log) => log.info(fields, 'said'))
    expect(parse(file)[0]).toMatchObject(fields)
  })

  it('is readable on a terminal, and just as silent about secrets', async () => {
    const terminal = Object.assign(new PassThrough(), { isTTY: true })
    const { shown } = await logged(
      (log) => log.warn({ jobId: '01J', uri: 'mongodb://anna:s3cret@db/' }, 'the job waits'),
      { console: terminal }
    )
    terminal.end()
    const seen = shown || (await text(terminal))
    expect(seen).toMatch(/WARN.*the job waits.*01J/)
    expect(seen).not.toContain('s3cret')
  })

  it('goes on from where a former process stopped', async () => {
    await logged((log) => log.info('first'))
    const { file } = await logged((log) => log.info('second'))
    expect(parse(file).map(({ msg }) => msg)).toEqual(['first', 'second'])
  })

  it('says on the console that its file cannot be written, and goes on there', async () => {
    await writeFile(join(folder, 'in-the-way'), '')
    const shown = new PassThrough()
    const blocked = join(folder, 'in-the-way', 'logs')
    const { log, close } = await openLog({ role: 'jobs', level: 'info', folder: blocked, console: shown, secrets: [] })
    log.info('one')
    await new Promise((resolve) => setTimeout(resolve, 200))
    log.info('two')
    await close()
    shown.end()
    const lines = parse(await text(shown)).map(({ msg }) => String(msg))
    expect(lines[0]).toBe('one')
    expect(lines[1]).toMatch(/^jobs\.log cannot be written: /)
    expect(lines[2]).toBe('two')
    expect(await readdir(folder)).toEqual(['in-the-way'])
  })
})
