import { deserializeError, StudioError, toStudioError } from '../../domain/errors.ts'
import type { Job } from '../../domain/job.ts'
import type { DeliveredFiles } from '../delivery/delivery-folder.ts'
import type { Studio } from '../studio.ts'
import { EXIT, type ExitCode, exitCodeOf } from './exit-code.ts'
import { ledgerTable } from './ledger-table.ts'
import { following } from './studio-session.ts'
import type { Terminal } from './terminal.ts'
import { besideLedger, reportInShort } from './written-words.ts'

/** What became of one photo, as --json prints it. */
export interface PhotoOutcome {
  readonly photo: string
  readonly jobId: string | null
  readonly status: Job['status'] | 'refused'
  readonly exitCode: ExitCode
  readonly files: DeliveredFiles | null
  readonly summary: string | null
  readonly error: { readonly code: string; readonly message: string; readonly hint: string } | null
}

const seconds = (milliseconds: number) => (milliseconds / 1000).toFixed(1)

function printJob(job: Job, terminal: Terminal): void {
  for (const attempt of job.attempts) {
    if (!attempt.judgement) continue
    const verdict = attempt.judgement.passed
      ? terminal.style('green', '✓ passed')
      : terminal.style('red', '✗ not passed')
    const time = Object.values(attempt.timings).reduce((sum, milliseconds) => sum + milliseconds, 0)
    terminal.note(`\nAttempt ${attempt.number} of ${job.maxAttempts} ${verdict} (${seconds(time)} s)`)
    for (const repair of attempt.brief.repairs) terminal.note(`  ${repair.reason}`)
    terminal.note(ledgerTable(attempt.judgement, terminal))
    for (const line of besideLedger(attempt, terminal)) terminal.note(`  ${line}`)
  }
}

/**
 * Prints the ledgers, writes pictures and report, and says where they are. What cannot be written is told and stays in
 * the store: it must not keep other jobs from being delivered.
 */
export async function concludeJob(job: Job, out: string, studio: Studio, terminal: Terminal): Promise<PhotoOutcome> {
  const photo = job.references[0]?.name ?? job._id
  printJob(job, terminal)
  const about = { photo, jobId: job._id, status: job.status, summary: job.report?.summary ?? null }
  let files: DeliveredFiles
  try {
    files = await studio.delivery.folder(job, out, following({ terminal, signal: new AbortController().signal }))
  } catch (thrown) {
    const { code, message, hint: advice } = toStudioError(thrown)
    const hint = `${advice} Then: apex-studio jobs show ${job._id} --out FOLDER`
    terminal.failure(new StudioError(code, message, { hint, cause: thrown }), photo)
    return { ...about, exitCode: EXIT.notDelivered, files: null, error: { code, message, hint } }
  }
  if (job.error) terminal.failure(deserializeError(job.error), photo)
  else if (job.report) terminal.note(`\n${photo}: ${reportInShort(job.report, terminal)}`)
  if (files.portrait) terminal.note(`  ${job.status === 'completed' ? 'final' : 'best attempt'}: ${files.portrait}`)
  terminal.note(`  report: ${files.reportPage}`)
  const failure = job.error ? exitCodeOf(job.error.code) : EXIT.notDelivered
  return {
    ...about,
    exitCode: job.status === 'completed' ? EXIT.delivered : failure,
    files,
    error: job.error ? { code: job.error.code, message: job.error.message, hint: job.error.hint } : null
  }
}
