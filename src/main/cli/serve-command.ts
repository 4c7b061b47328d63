import { once } from 'node:events'
import { z } from 'zod'
import { StudioError } from '../../domain/errors.ts'
import type { Studio } from '../studio.ts'
import type { CommandContext } from './command-context.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { ROLE_PORTS } from './role-ports.ts'
import { serveFlux } from './serve-flux.ts'
import { serveJobs } from './serve-jobs.ts'
import { parseOptions, withStudio } from './studio-session.ts'

/** A server that listens. */
export interface Serving {
  close(): Promise<void>
}

type Serve = (studio: Studio, context: CommandContext, port: number) => Promise<Serving>

/** What a process can be a server of. */
const ROLES: Readonly<Record<keyof typeof ROLE_PORTS, Serve>> = { jobs: serveJobs, flux: serveFlux }

const roleSchema = z.literal(['jobs', 'flux'])
const optionsSchema = z.object({ role: z.array(roleSchema).default(['jobs']) })

/** Serves in every role that is asked for until the signal is raised. */
export async function runServe(raw: unknown, context: CommandContext): Promise<ExitCode> {
  const { signal, environment } = context
  const roles = [...new Set(parseOptions(optionsSchema, raw).role)]
  if (roles.length > 1 && environment.port !== undefined) {
    throw new StudioError('option-invalid', 'Several roles cannot listen at one port.', {
      hint: 'Leave --port out, or start a process for each role.'
    })
  }
  const serve = async (studio: Studio) => {
    const servings: Serving[] = []
    try {
      for (const role of roles) servings.push(await ROLES[role](studio, context, environment.port ?? ROLE_PORTS[role]))
      if (!signal.aborted) await once(signal, 'abort')
    } finally {
      for (const serving of servings.toReversed()) await serving.close()
    }
    return EXIT.delivered
  }
  return await withStudio(context, serve, { showLog: true })
}
