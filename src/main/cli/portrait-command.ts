import { randomInt } from 'node:crypto'
import { basename } from 'node:path'
import { toStudioError } from '../../domain/errors.ts'
import type { Job } from '../../domain/job.ts'
import { prepareOutput } from '../delivery/output-folder.ts'
import type { Studio } from '../studio.ts'
import type { CommandContext } from './command-context.ts'
import { combineExitCodes, EXIT, type ExitCode, exitCodeOf } from './exit-code.ts'
import { concludeJob, type PhotoOutcome } from './job-outcome.ts'
import { watchJobs } from './job-watch.ts'
import { listPhotos, requireFile } from './photo-list.ts'
import type { PortraitOptions } from './portrait-options.ts'

/** Somebody is waiting at the terminal: such jobs go before those of a batch. */
const AT_THE_TERMINAL = 10
const SEEDS = 2 ** 31 - 1

export async function runPortrait(
  paths: readonly string[],
  options: PortraitOptions,
  context: CommandContext
): Promise<ExitCode> {
  const { terminal } = context
  const { photos, refused: unlisted } = await listPhotos(paths)
  const [first] = unlisted
  // The references of one person belong together, and without any photo there is nothing to do.
  if (first && (options.samePerson || photos.length === 0)) throw first.error
  if (options.backdrop !== undefined) await requireFile(options.backdrop)
  await prepareOutput(options.out)
  const studio = await context.openStudio({ environment: context.environment })
  try {
    const outcomes: PhotoOutcome[] = []
    const refuse = (path: string, thrown: unknown) => {
      const error = toStudioError(thrown)
      const photo = basename(path)
      terminal.failure(error, photo)
      outcomes.push(refused(photo, error))
    }
    for (const { path, error } of unlisted) refuse(path, error)
    const submitted: Job[] = []
    for (const group of options.samePerson ? [photos] : photos.map((photo) => [photo])) {
      try {
        submitted.push(await submit(studio, group, options))
      } catch (thrown) {
        refuse(group[0] ?? '', thrown)
      }
    }
    if (submitted.length > 0) {
      await studio.manager.start()
      const ids = submitted.map((job) => job._id)
      await watchJobs(studio, ids, terminal, context.signal, async (job) => {
        outcomes.push(await concludeJob(job, options.out, studio, terminal))
      })
    }
    if (options.json) terminal.result(JSON.stringify({ portraits: outcomes }, null, 2))
    return combineExitCodes(outcomes.map((outcome) => outcome.exitCode))
  } finally {
    await studio.close()
  }
}

async function submit(studio: Studio, photos: readonly string[], options: PortraitOptions): Promise<Job> {
  const face = options.face === undefined ? null : options.face - 1
  const references = await Promise.all(photos.map((photo) => studio.intake(photo, face)))
  const backdrop = options.backdrop === undefined ? null : await studio.intakeBackdrop(options.backdrop)
  return await studio.manager.submit({
    subjectId: references[0]?.artifact ?? '',
    references,
    parameters: options.parameters,
    backdrop,
    seed: options.seed ?? randomInt(SEEDS),
    maxAttempts: options.attempts ?? studio.defaults.maxAttempts,
    requestedEngines: { vlm: null, generator: null },
    priority: AT_THE_TERMINAL
  })
}

function refused(photo: string, error: ReturnType<typeof toStudioError>): PhotoOutcome {
  const code = exitCodeOf(error.code)
  return {
    photo,
    jobId: null,
    status: 'refused',
    exitCode: code === EXIT.delivered ? EXIT.notDelivered : code,
    files: null,
    summary: null,
    error: { code: error.code, message: error.message, hint: error.hint }
  }
}
