import type { DeliveryContext } from '../../../domain/delivery/delivery-progress.ts'
import type { CollisionRule } from '../../../domain/delivery/export-preset.ts'
import { DELIVERY_PROFILES } from '../../../domain/delivery-profile.ts'
import { figure } from '../../../domain/figures.ts'
import type { Attempt, Job } from '../../../domain/job.ts'
import { CATALOGUE, entryOf, PARAMETER_NAMES } from '../../../domain/parameters/parameters.ts'
import { authorInWords } from '../../../domain/reporting/report-author.ts'
import type { SmallPictures } from '../shown-pictures.ts'
import { type Paper, type WrittenPdf, writePdf } from './pdf-file.ts'
import { INK, PdfFlow } from './pdf-flow.ts'
import { drawLedger } from './report-ledger.ts'
import { drawAttempts, drawDelivered } from './report-pictures.ts'

export interface ReportRequest {
  readonly job: Job
  readonly path: string
  readonly paper: Paper
  readonly collision: CollisionRule
}

/** Writes the report of a job: what report.html says, for paper. */
export async function writeReportPdf(
  { job, path, paper, collision }: ReportRequest,
  small: SmallPictures,
  context: DeliveryContext
): Promise<WrittenPdf> {
  const name = job.references[0]?.name ?? job._id
  const settings = { title: `${name}: ${job.status}`, paper, orientation: 'portrait' } as const
  return await writePdf(path, settings, collision, async (document) => {
    const flow = new PdfFlow(document)
    const sections = [
      () => drawHead(flow, job, name),
      () => drawDelivered(flow, job, small, context),
      () => drawWords(flow, job),
      () => drawAttempts(flow, job, small, context),
      () => drawLedger(flow, job),
      () => drawBriefs(flow, job),
      () => drawOrder(flow, job)
    ]
    for (const [done, draw] of sections.entries()) {
      context.signal.throwIfAborted()
      context.onProgress({ activity: name, done, total: sections.length })
      await draw()
    }
  })
}

async function drawHead(flow: PdfFlow, job: Job, name: string): Promise<void> {
  await flow.heading(name, 1)
  const made = job.createdAt.toISOString().slice(0, 16).replace('T', ' ')
  await flow.paragraph(`${job.status} · ${made} UTC · job ${job._id}`, { colour: INK.quiet })
  const { notice } = DELIVERY_PROFILES[job.parameters.purpose]
  if (notice !== undefined) await flow.paragraph(notice, { bold: true })
  flow.gap(4)
  await flow.paragraph(job.report?.summary ?? job.error?.message ?? '', { size: 11.5 })
  if (job.error) await flow.paragraph(job.error.hint)
  if (job.report) await flow.paragraph(authorInWords(job.report), { colour: INK.quiet })
  flow.gap(6)
}

async function drawWords(flow: PdfFlow, { report }: Job): Promise<void> {
  if (!report) return
  if (report.attempts.length > 0) await flow.heading('What happened')
  for (const { attempt, analysis } of report.attempts) await flow.paragraph(`Attempt ${attempt}. ${analysis}`)
  if (report.rootCauses.length > 0) await flow.heading('Why')
  await flow.list(report.rootCauses.map(({ cause }) => cause))
  if (report.recommendations.length > 0) await flow.heading('What to change')
  await flow.list(report.recommendations.map(({ advice }) => advice))
}

async function drawBriefs(flow: PdfFlow, job: Job): Promise<void> {
  if (job.attempts.length === 0) return
  await flow.heading('Briefs and timings', 2, 100)
  for (const attempt of job.attempts) {
    await flow.room(Math.min(14 + flow.heightOf(attempt.brief.prompt, flow.width), 120))
    await flow.paragraph(`Attempt ${attempt.number}, seed ${attempt.seed}`, { bold: true })
    await flow.paragraph(attempt.brief.prompt)
    if (attempt.brief.note !== undefined) await flow.paragraph(attempt.brief.note, { colour: INK.quiet })
    await flow.paragraph(timingsInWords(attempt.timings), { colour: INK.quiet })
    flow.gap(4)
  }
}

function timingsInWords(timings: Attempt['timings']): string {
  return Object.entries(timings)
    .map(([step, milliseconds]) => `${step} ${figure(milliseconds / 1000)} s`)
    .join(' · ')
}

async function drawOrder(flow: PdfFlow, job: Job): Promise<void> {
  await flow.heading('Order', 2, 100)
  const { parameters, engines } = job
  const rows: [string, string][] = PARAMETER_NAMES.map((name) => [
    name,
    (name in CATALOGUE && entryOf(name, parameters[name])?.label) || parameters[name]
  ])
  if (job.backdrop) rows.push(['backdrop', job.backdrop.name])
  if (parameters.notes !== '') rows.push(['notes', parameters.notes])
  if (engines) {
    const { generator, vlm } = engines
    rows.push(['engines', `${generator.label} ${generator.version}, ${vlm.label} ${vlm.version}`])
  }
  const term = 90
  for (const [name, value] of rows) {
    const height = flow.heightOf(value, flow.width - term)
    await flow.room(height)
    const { y } = flow.document
    flow.tagged('P', () => {
      flow.textAt(name, flow.left, y, term, { colour: INK.quiet })
      flow.textAt(value, flow.left + term, y, flow.width - term)
    })
    flow.gap(height + 2)
  }
}
