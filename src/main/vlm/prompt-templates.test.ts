import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { PROMPT_NAMES } from '../../domain/prompting/prompt-template.ts'
import { PromptTemplates } from './prompt-templates.ts'

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
  for (const { version, isOwn, fault } of states) {
    expect({ isOwn, fault }).toEqual({ isOwn: false, fault: null })
    expect(version).toBeGreaterThan(0)
  }
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
  expect((await prompts.list()).find(({ name }) => name === 'tune')).toMatchObject({
    version: 7,
    isOwn: true,
    builtIn: { version: 1, text: copied }
  })
  expect(prompts.path('tune')).toBe(path)
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

it('keeps words that are saved, and refuses those that nothing could be filled into without a trace', async () => {
  const { text } = await prompts.state('tune')
  const own = text.replace('The order:', 'What was ordered:')
  await prompts.save('tune', own)
  expect(await prompts.state('tune')).toMatchObject({ text: own, isOwn: true, fault: null, builtIn: { text } })
  await expect(prompts.save('tune', own.replace('{{failed}}', '{{fialed}}'))).rejects.toMatchObject({
    code: 'prompt-invalid',
    hint: expect.stringContaining('{{failed}}')
  })
  expect((await prompts.state('tune')).text).toBe(own)
  expect((await prompts.fill('tune', VALUES)).text).toContain('What was ordered:')
})

it('needs no copy of the words that come with the studio', async () => {
  const { text } = await prompts.state('report')
  await prompts.save('report', `${text}Be brief.\n`)
  await prompts.save('report', text)
  expect((await prompts.state('report')).isOwn).toBe(false)
  await expect(readFile(prompts.path('report'))).rejects.toMatchObject({ code: 'ENOENT' })
})
