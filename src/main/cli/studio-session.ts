import type { z } from 'zod'
import type { DeliveryContext } from '../../domain/delivery/delivery-progress.ts'
import { StudioError } from '../../domain/errors.ts'
import type { JobStatus, JobSummary } from '../../domain/job.ts'
import type { Studio } from '../studio.ts'
import type { CommandContext } from './command-context.ts'
import type { ExitCode } from './exit-code.ts'

/** The options of a command. @throws StudioError `option-invalid` that names each one refused. */
export function parseOptions<S extends z.ZodType>(schema: S, raw: unknown): z.output<S> {
  const parsed = schema.safeParse(raw)
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.map(
    (issue) => `--${issue.path.filter((part) => typeof part === 'string').join('.')} ${issue.message}`
  )
  throw new StudioError('option-invalid', issues.join('; '))
}

/** Opens the studio for the work, and closes it however that ends. */
export async function withStudio(
  context: CommandContext,
  work: (studio: Studio) => Promise<ExitCode>,
  { showLog = false } = {}
): Promise<ExitCode> {
  const studio = await context.openStudio({ environment: context.environment, showLog })
  try {
    return await work(studio)
  } finally {
    await studio.close()
  }
}

export const MAX_PAGE = 200

/** Every job of these statuses, newest first. */
export async function allJobs(studio: Studio, status: readonly JobStatus[]): Promise<JobSummary[]> {
  const jobs: JobSummary[] = []
  let cursor: string | undefined
  do {
    const page = await studio.jobs.list({ status, limit: MAX_PAGE, ...(cursor === undefined ? {} : { cursor }) })
    jobs.push(...page.items)
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  return jobs
}

/** Shows how far a delivery is. */
export function following({ terminal, signal }: Pick<CommandContext, 'terminal' | 'signal'>): DeliveryContext {
  return {
    signal,
    onProgress: ({ activity, done, total }) => terminal.status(`${Math.floor(done)} of ${total}: ${activity}`)
  }
}
