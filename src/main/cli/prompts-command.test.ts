import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runCommand } from '../testing/run-command.fixture.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'apex-prompts-command-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function run(...args: string[]) {
  const { out, ...ran } = await runCommand(folder, ['prompts', ...args])
  return { ...ran, out: out.trim() }
}

it('makes a copy to change, tells of it, and takes it back', { timeout: 120_000 }, async () => {
  const { out: path } = await run('edit', 'report')
  expect(await readFile(path, 'utf8')).toContain('{{ledger}}')
  const isOwn = async () => {
    const { prompts } = JSON.parse((await run('list', '--json')).out)
    return prompts.find((each: { name: string }) => each.name === 'report').isOwn
  }
  expect(await isOwn()).toBe(true)
  await run('reset', 'report')
  expect(await isOwn()).toBe(false)
  expect((await run('reset', 'poem')).exitCode).not.toBe(0)
})
