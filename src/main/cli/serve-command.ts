import { once } from 'node:events'
import type { Studio } from '../studio.ts'
import { createStudioApi } from '../studio-api/create-studio-api.ts'
import type { CommandContext } from './command-context.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { withStudio } from './studio-session.ts'

/** Serves until the signal is raised: then it takes no more requests and puts jobs at work back in the queue. */
export async function runServe(context: CommandContext): Promise<ExitCode> {
  const { terminal, signal, programFolder, environment } = context
  // Loaded here: no other command waits for a server.
  const { createHttpServer } = await import('../http/create-http-server.ts')
  const serve = async (studio: Studio) => {
    const api = createStudioApi({ studio, programFolder })
    try {
      await api.start()
      const server = await createHttpServer({
        studio,
        api,
        host: environment.host,
        port: environment.port,
        allowedHosts: environment.allowedHosts,
        onFault: (error) => studio.log.error({ err: error }, 'a request failed')
      })
      try {
        await studio.manager.start()
        studio.log.info({ address: server.address, version: studio.version, store: studio.storeDescription }, 'serving')
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
  }
  return await withStudio(context, serve, { showLog: true })
}
