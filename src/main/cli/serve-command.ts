import { once } from 'node:events'
import { z } from 'zod'
import { createStudioApi } from '../studio-api/create-studio-api.ts'
import type { CommandContext } from './command-context.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { parseOptions, withStudio } from './studio-session.ts'

const serveOptionsSchema = z.object({
  host: z.string().trim().min(1).max(255),
  port: z.coerce.number().int().min(0).max(65_535),
  allowHost: z.array(z.string().trim().min(1).max(255)).default([])
})

/** Serves until the signal is raised: then it takes no more requests and puts jobs at work back in the queue. */
export async function runServe(raw: unknown, context: CommandContext): Promise<ExitCode> {
  const { host, port, allowHost } = parseOptions(serveOptionsSchema, raw)
  const { terminal, signal, programFolder } = context
  // Loaded here: no other command waits for a server.
  const { createHttpServer } = await import('../http/create-http-server.ts')
  return await withStudio(context, async (studio) => {
    const api = createStudioApi({ studio, programFolder })
    try {
      await api.start()
      const server = await createHttpServer({
        studio,
        api,
        host,
        port,
        allowedHosts: allowHost,
        onFault: (error) => terminal.failure(error)
      })
      try {
        await studio.manager.start()
        terminal.note(`The studio answers at ${server.address} (Ctrl+C ends it)`)
        if (!signal.aborted) await once(signal, 'abort')
        terminal.note('Closing: jobs at work go back into the queue.')
      } finally {
        await server.close()
      }
    } finally {
      await api.stop()
    }
    return EXIT.delivered
  })
}
