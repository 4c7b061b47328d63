import { join } from 'node:path'
import type { Command } from 'commander'
import { z } from 'zod'
import { stemOf } from '../../domain/delivery/file-name.ts'
import { proofingOptionsSchema } from '../../domain/delivery/proofing.ts'
import { deserializeError, StudioError } from '../../domain/errors.ts'
import type { WrittenPdf } from '../delivery/pdf/pdf-file.ts'
import type { Studio } from '../studio.ts'
import type { CommandContext } from './command-context.ts'
import {
  contactSheetOptions,
  exportOptions,
  itemsOf,
  parseContactSheet,
  parseExportPresets
} from './delivery-options.ts'
import { combineExitCodes, EXIT, type ExitCode, exitCodeOf } from './exit-code.ts'
import { allJobs, following, parseOptions, withStudio } from './studio-session.ts'
import { MOST_ATTEMPTS, wholeNumber } from './whole-number.ts'

export type Run = (work: (context: CommandContext) => Promise<ExitCode>) => Promise<void>

const commonSchema = z.object({
  out: z.string().min(1),
  all: z.boolean().default(false),
  json: z.boolean().default(false),
  attempt: z.array(wholeNumber(1, MOST_ATTEMPTS)).default([])
})

/** export, contact-sheet, report, proofing, picks: everything that leaves the studio. */
export function addDeliveryCommands(program: Command, run: Run): void {
  const exporting = program
    .command('export')
    .description('Write what jobs delivered as files for clients.')
    .argument('[job...]', 'ids of jobs')
    .option('--all', 'every job that delivered something, the oldest first')
    .option('--out <folder>', 'where the files go', 'exports')
    .option('--attempt <n...>', 'these attempts instead of what was delivered')
    .option('--json', 'print one JSON document on stdout')
    .action((jobs: string[], raw: unknown) => run((context) => exportJobs(jobs, raw, context)))
  for (const option of exportOptions()) exporting.addOption(option)

  const sheet = program
    .command('contact-sheet')
    .description('Write one PDF that shows what jobs delivered.')
    .argument('[job...]', 'ids of jobs')
    .option('--all', 'every job that delivered something, the oldest first')
    .option('--out <folder>', 'where the PDF goes', 'exports')
    .option('--json', 'print one JSON document on stdout')
    .action((jobs: string[], raw: unknown) => run((context) => writeContactSheet(jobs, raw, context)))
  for (const option of contactSheetOptions()) sheet.addOption(option)

  program
    .command('proofing')
    .description('Write a bundle that a client opens in any browser to choose favourites.')
    .argument('[job...]', 'ids of jobs')
    .option('--all', 'every job that delivered something, the oldest first')
    .requiredOption('--title <text>', 'what the client sees first, and the name of the bundle')
    .option('--from <text>', 'the name of the studio')
    .option('--message <text>', 'a line to the client')
    .option('--single-file', 'one page that holds the pictures, for phones and mail')
    .option('--attempts', 'every attempt too')
    .option('--out <folder>', 'where the bundle goes', 'exports')
    .option('--json', 'print one JSON document on stdout')
    .action((jobs: string[], raw: unknown) => run((context) => writeProofing(jobs, raw, context)))

  program
    .command('picks')
    .description('Rate pictures by the file that came back from a proofing bundle.')
    .argument('<file>', 'the file that the page saved')
    .option('--json', 'print one JSON document on stdout')
    .action((file: string, raw: unknown) => run((context) => readPicks(file, raw, context)))

  program
    .command('report')
    .description('Write the reports of jobs as PDF.')
    .argument('<job...>', 'ids of jobs')
    .option('--out <folder>', 'where the PDFs go', 'exports')
    .option('--paper <size>', 'a4 or letter', 'a4')
    .option('--json', 'print one JSON document on stdout')
    .action((jobs: string[], raw: unknown) => run((context) => writeReports(jobs, raw, context)))
}

async function exportJobs(ids: readonly string[], raw: unknown, context: CommandContext): Promise<ExitCode> {
  const options = parseOptions(commonSchema, raw)
  const presets = parseExportPresets(raw)
  const { terminal } = context
  return await withStudio(context, async (studio) => {
    const items = itemsOf(await jobsMeant(studio, ids, options.all), options.attempt)
    const result = await studio.delivery.export({ items, presets, folder: options.out }, following(context))
    if (options.json) terminal.result(JSON.stringify(result, null, 2))
    for (const { path, size, notes } of result.written) {
      terminal.note([`${path}  ${size.width} × ${size.height}`, ...notes].join('; '))
    }
    for (const { path } of result.skipped) terminal.note(`${path} is there already; skipped`)
    for (const { jobId, error } of result.failed) terminal.failure(deserializeError(error), jobId)
    const failures = result.failed.map(({ error }) => exitCodeOf(error.code))
    const successes = [...result.written, ...result.skipped].map(() => EXIT.delivered)
    return combineExitCodes([...successes, ...failures])
  })
}

async function writeContactSheet(ids: readonly string[], raw: unknown, context: CommandContext): Promise<ExitCode> {
  const { out, json, all } = parseOptions(commonSchema, raw)
  const options = parseContactSheet(raw)
  return await withStudio(context, async (studio) => {
    const items = itemsOf(await jobsMeant(studio, ids, all), [])
    const path = join(out, `${stemOf(options.title === '' ? 'contact-sheet' : `${options.title}.pdf`)}.pdf`)
    const written = await studio.delivery.contactSheet(
      { items, options, path, collision: 'number' },
      following(context)
    )
    if (json) context.terminal.result(JSON.stringify(written, null, 2))
    context.terminal.note(`${written.path}  ${written.pages === 1 ? '1 page' : `${written.pages} pages`}`)
    return EXIT.delivered
  })
}

const reportSchema = commonSchema.extend({ paper: z.enum(['a4', 'letter']) })

async function writeReports(ids: readonly string[], raw: unknown, context: CommandContext): Promise<ExitCode> {
  const { out, json, paper } = parseOptions(reportSchema, raw)
  return await withStudio(context, async (studio) => {
    const reports: (WrittenPdf & { jobId: string })[] = []
    for (const jobId of ids) {
      const job = await studio.jobs.get(jobId)
      const path = join(out, `${stemOf(job?.references[0]?.name ?? jobId)}-report.pdf`)
      const written = await studio.delivery.reportPdf({ jobId, path, paper, collision: 'number' }, following(context))
      reports.push({ jobId, ...written })
      context.terminal.note(`${written.path}  ${written.pages === 1 ? '1 page' : `${written.pages} pages`}`)
    }
    if (json) context.terminal.result(JSON.stringify({ reports }, null, 2))
    return EXIT.delivered
  })
}

const proofingSchema = commonSchema.extend({
  title: z.string(),
  from: z.string().default(''),
  message: z.string().default(''),
  singleFile: z.boolean().default(false),
  attempts: z.boolean().default(false)
})

async function writeProofing(ids: readonly string[], raw: unknown, context: CommandContext): Promise<ExitCode> {
  const { out, all, json, title, from, message, singleFile, attempts } = parseOptions(proofingSchema, raw)
  const packaging = singleFile ? 'single-file' : 'folder'
  const options = parseOptions(proofingOptionsSchema, { title, from, message, packaging, attempts })
  return await withStudio(context, async (studio) => {
    const items = itemsOf(await jobsMeant(studio, ids, all), [])
    const written = await studio.delivery.writeProofing({ items, options, folder: out }, following(context))
    if (json) context.terminal.result(JSON.stringify(written, null, 2))
    context.terminal.note(`${written.pictures} pictures: ${written.page}`)
    return EXIT.delivered
  })
}

async function readPicks(file: string, raw: unknown, context: CommandContext): Promise<ExitCode> {
  const { json } = parseOptions(z.object({ json: z.boolean().default(false) }), raw)
  const { terminal } = context
  return await withStudio(context, async (studio) => {
    const { picks, done, refused } = await studio.delivery.readProofing(file)
    if (json) terminal.result(JSON.stringify({ picks, done, refused }, null, 2))
    const who = picks.client === '' ? 'The client' : picks.client
    terminal.note(`${who} marked ${picks.picks.length} pictures of "${picks.title}".`)
    for (const { jobId, attempt, flag, stars, comment } of picks.picks) {
      const said = [flag === 'none' ? '' : flag, '★'.repeat(stars), comment].filter((part) => part !== '')
      terminal.note(`  ${jobId}${attempt === null ? '' : `, attempt ${attempt}`}: ${said.join('  ')}`)
    }
    for (const { id, error } of refused) terminal.failure(deserializeError(error), id)
    return combineExitCodes([...done.map(() => EXIT.delivered), ...refused.map(({ error }) => exitCodeOf(error.code))])
  })
}

async function jobsMeant(studio: Studio, ids: readonly string[], all: boolean): Promise<readonly string[]> {
  if (all === ids.length > 0) throw new StudioError('option-invalid', 'Name the jobs, or say --all.')
  if (!all) return ids
  const jobs = await allJobs(studio, ['completed', 'failed'])
  const delivered = jobs.filter(({ coverKind }) => coverKind === 'final' || coverKind === 'best')
  if (delivered.length > 0) return delivered.map(({ _id }) => _id).reverse()
  throw new StudioError('job-missing', 'No job has delivered anything yet.', {
    hint: 'Make a portrait with: apex-studio portrait PHOTO'
  })
}
