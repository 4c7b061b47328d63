import Table from 'cli-table3'
import { z } from 'zod'
import { StudioError } from '../../domain/errors.ts'
import { isEnded, type Job, type JobSummary, jobStatusSchema } from '../../domain/job.ts'
import { prepareOutput } from '../delivery/output-folder.ts'
import type { Studio } from '../studio.ts'
import type { CommandContext } from './command-context.ts'
import { combineExitCodes, EXIT, type ExitCode } from './exit-code.ts'
import { concludeJob, type PhotoOutcome } from './job-outcome.ts'
import { watchJobs } from './job-watch.ts'
import { ledgerTable } from './ledger-table.ts'
import { allJobs, following, MAX_PAGE, parseOptions, withStudio } from './studio-session.ts'
import { wholeNumber } from './whole-number.ts'
import { besideLedger, reportInShort } from './written-words.ts'

const listOptionsSchema = z.object({
  status: z.array(jobStatusSchema).optional(),
  limit: wholeNumber(1, MAX_PAGE).default(20),
  json: z.boolean().default(false)
})

async function existing(studio: Studio, id: string): Promise<Job> {
  const job = await studio.jobs.get(id)
  if (!job) throw new StudioError('job-missing', `There is no job "${id}".`)
  return job
}

export async function listJobs(raw: unknown, context: CommandContext): Promise<ExitCode> {
  const options = parseOptions(listOptionsSchema, raw)
  return await withStudio(context, async (studio) => {
    const page = await studio.jobs.list({ limit: options.limit, ...(options.status ? { status: options.status } : {}) })
    const unreadable = page.unreadable.map(({ id, error: { code, message } }) => ({ id, code, message }))
    context.terminal.result(
      options.json ? JSON.stringify({ jobs: page.items, unreadable }, null, 2) : jobTable(page.items)
    )
    for (const { error } of page.unreadable) context.terminal.failure(error)
    if (page.next) context.terminal.note('There are more; raise --limit to see them.')
    return EXIT.delivered
  })
}

function jobTable(jobs: readonly JobSummary[]): string {
  if (jobs.length === 0) return 'No jobs yet. Make one with: apex-studio portrait PHOTO'
  const table = new Table({
    head: ['job', 'photo', 'status', 'attempts', 'created'],
    style: { head: [], border: [], compact: true }
  })
  for (const job of jobs) {
    table.push([
      job._id,
      job.name,
      job.waiting
        ? `${job.status} (waits for an engine)`
        : job.errorCode
          ? `${job.status} (${job.errorCode})`
          : job.status,
      `${job.attempts}/${job.maxAttempts}`,
      job.createdAt.toISOString().slice(0, 19).replace('T', ' ')
    ])
  }
  return table.toString()
}

const showOptionsSchema = z.object({ out: z.string().min(1).optional(), json: z.boolean().default(false) })

export async function showJob(id: string, raw: unknown, context: CommandContext): Promise<ExitCode> {
  const options = parseOptions(showOptionsSchema, raw)
  const { terminal } = context
  return await withStudio(context, async (studio) => {
    const job = await existing(studio, id)
    if (options.out !== undefined) {
      const files = await studio.delivery.folder(job, options.out, following(context))
      terminal.note(`Written to ${files.folder}`)
    }
    if (options.json) {
      terminal.result(JSON.stringify(job, null, 2))
      return EXIT.delivered
    }
    terminal.result(`${job._id}  ${job.status}  ${job.references.map((reference) => reference.name).join(', ')}`)
    for (const attempt of job.attempts) {
      terminal.result(`\nAttempt ${attempt.number}, seed ${attempt.seed}\n${attempt.brief.prompt}`)
      if (attempt.judgement) terminal.result(ledgerTable(attempt.judgement, terminal))
      for (const line of besideLedger(attempt, terminal)) terminal.result(line)
    }
    if (job.report) terminal.result(`\n${reportInShort(job.report, terminal)}`)
    if (job.error) terminal.result(`\n${job.error.message} [${job.error.code}]\n${job.error.hint}`)
    return EXIT.delivered
  })
}

export async function cancelJob(id: string, context: CommandContext): Promise<ExitCode> {
  return await withStudio(context, async (studio) => {
    const job = await studio.manager.cancel(id)
    context.terminal.note(`${job._id} is ${job.status}. Go on with: apex-studio jobs resume ${job._id}`)
    return EXIT.delivered
  })
}

const resumeOptionsSchema = z.object({ out: z.string().min(1).default('portraits') })

export async function resumeJob(id: string | undefined, raw: unknown, context: CommandContext): Promise<ExitCode> {
  const options = parseOptions(resumeOptionsSchema, raw)
  await prepareOutput(options.out)
  return await withStudio(context, async (studio) => {
    const ids =
      id === undefined
        ? (await allJobs(studio, ['pending', 'processing'])).map((job) => job._id)
        : [await reopen(studio, id)]
    if (ids.length === 0) {
      context.terminal.note('No job is unfinished.')
      return EXIT.delivered
    }
    await studio.manager.start()
    const outcomes: PhotoOutcome[] = []
    await watchJobs(studio, ids, context.terminal, context.signal, async (job) => {
      outcomes.push(await concludeJob(job, options.out, studio, context.terminal))
    })
    return combineExitCodes(outcomes.map((outcome) => outcome.exitCode))
  })
}

async function reopen(studio: Studio, id: string): Promise<string> {
  const job = await existing(studio, id)
  if (job.status === 'completed')
    throw new StudioError('job-state', `Job ${id} is completed; there is nothing to resume.`)
  if (isEnded(job.status)) await studio.jobs.resume(id)
  return id
}
