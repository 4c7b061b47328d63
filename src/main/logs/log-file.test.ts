import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { LogFile } from './log-file.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'log-file-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

it('moves a full file aside, keeps five old ones, and loses no line of those', async () => {
  const file = new LogFile({ folder, name: 'jobs.log', size: '1K', onTrouble: (cause) => expect.fail(cause.message) })
  const lines = Array.from({ length: 100 }, (_, index) => `${String(index).padStart(99, '0')}\n`)
  for (const line of lines) {
    file.write(line)
    // A rotation happens between two writes to the drive.
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  await file.close()
  const names = (await readdir(folder)).sort()
  expect(names).toEqual(['jobs.log', 'jobs.log.1', 'jobs.log.2', 'jobs.log.3', 'jobs.log.4', 'jobs.log.5'])
  const oldestFirst = [...names.slice(1).reverse(), 'jobs.log']
  const kept = (await Promise.all(oldestFirst.map((name) => readFile(join(folder, name), 'utf8')))).join('')
  expect(kept.length).toBeGreaterThan(5 * 1024)
  expect(lines.join('').endsWith(kept)).toBe(true)
})

it('writes nothing after it was closed', async () => {
  const file = new LogFile({ folder, name: 'jobs.log', onTrouble: () => undefined })
  file.write('one\n')
  await file.close()
  file.write('two\n')
  await file.close()
  expect(await readFile(join(folder, 'jobs.log'), 'utf8')).toBe('one\n')
})
