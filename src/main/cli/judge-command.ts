import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { Command } from 'commander'
import { z } from 'zod'
import type { ChatModel } from '../../domain/chat-model.ts'
import { StudioError, toStudioError } from '../../domain/errors.ts'
import type { CallContext } from '../../domain/progress.ts'
import type { Studio } from '../studio.ts'
import { SAMPLE } from '../studio-api/sample.ts'
import { calibrateJudge } from '../vlm/canaries/calibrate-judge.ts'
import type { CanaryPicture } from '../vlm/canaries/canary.ts'
import { type CanaryPhoto, openCanaryPhoto } from '../vlm/canaries/canary-portrait.ts'
import { plantCanaries } from '../vlm/canaries/plant-canaries.ts'
import { calibrationTable } from './calibration-table.ts'
import type { CommandContext } from './command-context.ts'
import type { Run } from './delivery-commands.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { listPhotos } from './photo-list.ts'
import { parseOptions, withStudio } from './studio-session.ts'

const optionsSchema = z.object({ vlm: z.string().optional(), json: z.boolean().default(false) })

/** How far the model that judges portraits can be trusted. */
export function addJudgeCommands(program: Command, run: Run): void {
  const judge = program.command('judge').description('How far the vision-language model can be trusted as a judge.')
  judge
    .command('calibrate')
    .argument('<photo...>', 'your own photos, each of one person, or folders of them; the more people the better')
    .option('--vlm <name>', 'which model, where there are several')
    .option('--json', 'print JSON')
    .description('Try the judge on sound portraits and on flaws planted in them; what it gets wrong limits its vote.')
    .action(async (photos: string[], raw: Record<string, unknown>) => {
      await run((context) => calibrate(photos, raw, context))
    })
  judge
    .command('show')
    .option('--json', 'print JSON')
    .description('What calibrations are stored, and what each found.')
    .action(async (raw: Record<string, unknown>) => {
      await run((context) => showCalibrations(raw, context))
    })
}

async function calibrate(paths: readonly string[], raw: unknown, context: CommandContext): Promise<ExitCode> {
  const options = parseOptions(optionsSchema, raw)
  const { photos, refused } = await listPhotos(paths)
  const [first] = refused
  if (first) throw first.error
  return await withStudio(context, async (studio) => {
    const model = await modelNamed(options.vlm, studio)
    const folder = await mkdtemp(join(tmpdir(), 'apex-canaries-'))
    try {
      const pictures = await plantAll(photos, studio, folder, context)
      const told = progressOn(context, 'Asking the judge')
      const calibration = await calibrateJudge(model, pictures, told)
      await studio.judgeCalibrations.put(calibration)
      context.terminal.result(
        options.json ? JSON.stringify({ calibration }, null, 2) : calibrationTable(calibration, context.terminal)
      )
      return EXIT.delivered
    } finally {
      // They show people: nothing of them stays.
      await rm(folder, { recursive: true, force: true })
    }
  })
}

/** @throws StudioError `engine-unknown` where there is no such model, or none at all. */
async function modelNamed(name: string | undefined, { chatModels }: Studio): Promise<ChatModel> {
  const described = await Promise.all(chatModels.map(async (model) => ({ model, of: await model.describe() })))
  const there = described.filter(({ of }) => of.unavailable === undefined)
  const found = name === undefined ? there[0] : described.find(({ of }) => of.engine === name)
  if (found) return found.model
  const names = there.map(({ of }) => of.engine)
  throw new StudioError(
    'engine-unknown',
    name === undefined ? 'There is no model that judges.' : `There is no model "${name}".`,
    {
      hint:
        names.length === 0
          ? 'Set VLLM_SERVER_URL, or install a local model. The built-in rules only measure, so they need no calibration.'
          : `Choose one of: ${names.join(', ')}.`
    }
  )
}

/** A photo that does not serve is told of and left out. @throws the last photo's error where none serves. */
async function plantAll(
  paths: readonly string[],
  { canaryEngines, resources }: Studio,
  folder: string,
  context: CommandContext
): Promise<CanaryPicture[]> {
  const { signal, terminal } = context
  const samplePath = join(resources, SAMPLE)
  const sample = await openCanaryPhoto(samplePath, basename(samplePath), canaryEngines, progressOn(context, 'Looking'))
  const photos: CanaryPhoto[] = []
  let trouble: StudioError | undefined
  const unlessUnsuitable = async (name: string, work: () => Promise<void>) => {
    try {
      await work()
    } catch (thrown) {
      signal.throwIfAborted()
      trouble = toStudioError(thrown)
      terminal.failure(trouble, name)
    }
  }
  for (const path of paths) {
    const name = basename(path)
    await unlessUnsuitable(name, async () => {
      photos.push(await openCanaryPhoto(path, name, canaryEngines, progressOn(context, name)))
    })
  }
  const pictures: CanaryPicture[] = []
  for (const [index, photo] of photos.entries()) {
    const told = progressOn(context, `Photo ${index + 1} of ${photos.length}`)
    const others = [...photos.slice(index + 1), ...photos.slice(0, index), sample]
    await unlessUnsuitable(photo.name, async () => {
      pictures.push(...(await plantCanaries(photo, others, canaryEngines, join(folder, `${index}`), told)))
    })
  }
  if (pictures.length === 0 && trouble) throw trouble
  return pictures
}

function progressOn({ terminal, signal }: CommandContext, what: string): CallContext {
  return { signal, onProgress: ({ activity }) => terminal.status(`${what}: ${activity}`) }
}

async function showCalibrations(raw: unknown, context: CommandContext): Promise<ExitCode> {
  const { json } = parseOptions(optionsSchema, raw)
  return await withStudio(context, async (studio) => {
    const calibrations = await studio.judgeCalibrations.list()
    if (json) {
      context.terminal.result(JSON.stringify({ calibrations }, null, 2))
      return EXIT.delivered
    }
    if (calibrations.length === 0) {
      context.terminal.note('No judge has been calibrated yet. Do so with: apex-studio judge calibrate PHOTO…')
    }
    for (const each of calibrations) context.terminal.result(calibrationTable(each, context.terminal))
    return EXIT.delivered
  })
}
