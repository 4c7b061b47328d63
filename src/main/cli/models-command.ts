import { join, resolve } from 'node:path'
import Table from 'cli-table3'
import { z } from 'zod'
import { StudioError, serializeError } from '../../domain/errors.ts'
import type { ModelFit } from '../../domain/models/model-fit.ts'
import type { ModelState } from '../../domain/models/model-state.ts'
import { say } from '../../domain/sentences/say.ts'
import { dataFolderOf } from '../data-folder.ts'
import type { ModelManager } from '../models/model-manager.ts'
import { openModels } from '../models/open-models.ts'
import type { CommandContext } from './command-context.ts'
import { combineExitCodes, EXIT, type ExitCode, exitCodeOf } from './exit-code.ts'
import { showModelProgress } from './model-progress.ts'
import { parseOptions } from './studio-session.ts'

const jsonSchema = z.object({ json: z.boolean().default(false) })
const pullOptionsSchema = jsonSchema.extend({
  acceptLicence: z.boolean().default(false),
  anyway: z.boolean().default(false)
})
const importOptionsSchema = z.object({ link: z.boolean().default(false) })

/** Without the store: models are installed where no database is reached yet. */
function modelsOf({ environment, programFolder }: CommandContext): ModelManager {
  return openModels({
    dataFolder: dataFolderOf(environment),
    resources: environment.resources ?? join(programFolder, 'resources'),
    hub: environment.hub
  })
}

const FITS: Readonly<Record<ModelFit['verdict'], string>> = {
  fits: 'yes',
  slow: 'slowly',
  'memory-short': 'no: memory',
  'disk-short': 'no: disk'
}
const inGigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`

export async function listModels(raw: unknown, context: CommandContext): Promise<ExitCode> {
  const { json } = parseOptions(jsonSchema, raw)
  const states = await modelsOf(context).list()
  if (json) {
    context.terminal.result(JSON.stringify({ models: states }, null, 2))
    return EXIT.delivered
  }
  const head = ['model', 'for', 'size', 'fits', 'licence', 'state']
  const table = new Table({ head, style: { head: [], border: [], compact: true } })
  for (const state of states) {
    const { id, role, licence, bytes } = state.model
    const purpose = role === 'vlm' ? 'briefs, judging' : 'pictures'
    const terms = licence.commercial ? licence.id : `${licence.id} (not for paid work)`
    table.push([id, purpose, inGigabytes(bytes), FITS[state.fit.verdict], terms, stateInWords(state)])
  }
  context.terminal.result(table.toString())
  return EXIT.delivered
}

function stateInWords({ state, progress, error }: ModelState): string {
  const share = progress && progress.total > 0 ? `, ${Math.floor((100 * progress.done) / progress.total)} %` : ''
  const trouble = error ? ` (${error.code})` : ''
  return `${state === 'absent' ? '' : state}${share}${trouble}`
}

export async function pullModels(ids: readonly string[], raw: unknown, context: CommandContext): Promise<ExitCode> {
  const { json, acceptLicence, anyway } = parseOptions(pullOptionsSchema, raw)
  const models = modelsOf(context)
  return await forEach(models, [...new Set(ids)], json, context, async (id) => {
    const { ended } = await models.pull(id, { licence: acceptLicence, unfit: anyway })
    const pause = () => void models.pause(id)
    context.signal.addEventListener('abort', pause, { once: true })
    if (context.signal.aborted) pause()
    await ended.finally(() => context.signal.removeEventListener('abort', pause))
    return 'installed'
  })
}

export async function importFolder(
  id: string,
  folder: string,
  raw: unknown,
  context: CommandContext
): Promise<ExitCode> {
  const { link } = parseOptions(importOptionsSchema, raw)
  const models = modelsOf(context)
  return await forEach(models, [id], false, context, async () => {
    await models.import(id, resolve(folder), link ? 'link' : 'copy', context.signal)
    return 'installed'
  })
}

export async function verifyModels(ids: readonly string[], raw: unknown, context: CommandContext): Promise<ExitCode> {
  const { json } = parseOptions(jsonSchema, raw)
  const models = modelsOf(context)
  const installed = (await models.list()).flatMap(({ model, state }) => (state === 'installed' ? [model.id] : []))
  const wanted = ids.length > 0 ? [...new Set(ids)] : installed
  if (wanted.length === 0) context.terminal.note('No model is installed. See: apex-studio models list')
  return await forEach(models, wanted, json, context, async (id) => {
    await models.verify(id, context.signal)
    return 'whole'
  })
}

export async function removeModels(ids: readonly string[], context: CommandContext): Promise<ExitCode> {
  const models = modelsOf(context)
  return await forEach(models, [...new Set(ids)], false, context, async (id) => {
    const { state } = await models.state(id)
    if (state !== 'partial') await models.remove(id)
    await models.discard(id)
    await models.erase(id)
    return 'removed'
  })
}

export async function pathOfModel(id: string, context: CommandContext): Promise<ExitCode> {
  const models = modelsOf(context)
  const { folder, model } = await models.state(id)
  if (folder === null)
    throw new StudioError('model-not-installed', say('error-model-not-installed', { model: model.name }))
  context.terminal.result(folder)
  return EXIT.delivered
}

interface Outcome {
  readonly id: string
  readonly outcome: string
  readonly code: ExitCode
  readonly error?: ReturnType<typeof serializeError>
}

/** Does something with several models at once; one that fails stops no other. */
async function forEach(
  models: ModelManager,
  ids: readonly string[],
  json: boolean,
  context: CommandContext,
  work: (id: string) => Promise<string>
): Promise<ExitCode> {
  const { terminal } = context
  const stopShowing = showModelProgress(models, ids, terminal)
  const outcomes = await Promise.all(
    ids.map(async (id): Promise<Outcome> => {
      try {
        const outcome = await work(id)
        if (!json) terminal.note(`${terminal.style('green', '✓')} ${id}: ${outcome}`)
        return { id, outcome, code: EXIT.delivered }
      } catch (thrown) {
        const error = serializeError(thrown)
        if (error.code === 'cancelled') error.hint = `Ask again to go on: apex-studio models pull ${id}`
        if (!json) terminal.failure(new StudioError(error.code, error.message, { hint: error.hint, cause: thrown }), id)
        return { id, outcome: 'failed', code: exitCodeOf(error.code), error }
      }
    })
  )
  stopShowing()
  if (json) {
    const told = outcomes.map(({ code: _, error, ...rest }) => ({ ...rest, ...(error && { error: plain(error) }) }))
    terminal.result(JSON.stringify({ models: told }, null, 2))
  }
  return combineExitCodes(outcomes.map(({ code }) => code))
}

const plain = ({ code, message, hint, details }: ReturnType<typeof serializeError>) => ({
  code,
  message,
  hint,
  details
})
