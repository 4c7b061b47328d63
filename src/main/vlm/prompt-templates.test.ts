import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { PROMPT_NAMES, PromptTemplates } from './prompt-templates.ts'

const RESOURCES = fileURLToPath(new URL('../../../resources', import.meta.url))
const VALUES = { order: '- attire: "a suit"', prompt: '{{failed}}', failed: '- identity' }
let [dataFolder, prompts] = ['', new PromptTemplates({ resources: RESOURCES, dataFolder: '' })]

beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'apex-prompts-'))
  prompts = new PromptTemplates({ resources: RESOURCES, dataFolder })
})
afterEach(() => rm(dataFolder, { recursive: true, force: true }))

it('has each template, with a version', async () => {
  const states = await prompts.list()
  expect(states.map(({ name }) => name)).toEqual(PROMPT_NAMES)
  for (const { version, isOwn, fault } of states)
    expect({ version, isOwn, fault }).toEqual({ version: 1, isOwn: false, fault: null })
})

it('fills in once: what is filled in is not filled again', async () => {
  const { text, instructions } = await prompts.fill('tune', VALUES)
  expect(text).toContain('- attire: "a suit"')
  expect(text).toContain('"{{failed}}"')
  expect(instructions).not.toContain('{{')
})

it('uses the user’s own copy until it is reset', async () => {
  const path = await prompts.copy('tune')
  const copied = await readFile(path, 'utf8')
  await writeFile(path, copied.replace('The order:', 'What was ordered:').replace('version 1', 'version 7'))
  expect(await prompts.copy('tune')).toBe(path)
  expect((await prompts.fill('tune', VALUES)).text).toContain('What was ordered:')
  expect((await prompts.list()).find(({ name }) => name === 'tune')).toMatchObject({ version: 7, isOwn: true, path })
  await prompts.reset('tune')
  expect((await prompts.fill('tune', VALUES)).text).not.toContain('What was ordered:')
})

it.each([
  ['lacks a placeholder', (text: string) => text.replace('{{failed}}', ''), '{{failed}}'],
  ['is no template', () => 'Do as you like.', '# Instructions'],
  ['is empty', () => '', '# Instructions']
])('uses the built-in one where the copy %s, and says why', async (_what, change, says) => {
  const path = await prompts.copy('tune')
  await writeFile(path, change(await readFile(path, 'utf8')))
  expect((await prompts.fill('tune', VALUES)).text).toContain('- identity')
  expect((await prompts.list()).find(({ name }) => name === 'tune')?.fault).toContain(says)
})
