import { once } from 'node:events'
import type { Studio } from '../studio.ts'
import { createStudioApi, type StudioApi } from '../studio-api/create-studio-api.ts'
import { tellLink } from './browser-link-command.ts'
import type { CommandContext } from './command-context.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { withStudio } from './studio-session.ts'
import type { Terminal } from './terminal.ts'

/** Serves until the signal is raised: then it takes no more requests and puts jobs at work back in the queue. */
export async function runServe(context: CommandContext): Promise<ExitCode> {
  const { terminal, signal, programFolder, pageFolder, environment } = context
  // Loaded here: no other command waits for a server.
  const [{ createHttpServer }, { reachedAt }, { isLoopback }] = await Promise.all([
    import('../http/create-http-server.ts'),
    import('../http/reached-at.ts'),
    import('../http/guard/network-names.ts')
  ])
  const serve = async (studio: Studio) => {
    const api = createStudioApi({ studio, programFolder })
    try {
      await api.start()
      const server = await createHttpServer({
        studio,
        api,
        host: environment.host,
        port: environment.port,
        pageFolder,
        allowedHosts: environment.allowedHosts,
        settings: {
          privateWebhooks: environment.privateWebhooks,
          queueLength: environment.queueLength,
          requestsPerMinute: environment.requestsPerMinute ?? null
        },
        onFault: (error) => studio.log.error({ err: error }, 'a request failed')
      })
      try {
        await studio.manager.start()
        studio.log.info({ address: server.address, version: studio.version, store: studio.storeDescription }, 'serving')
        const addresses = reachedAt(environment.host, new URL(server.address).port)
        const loopback = isLoopback(environment.host)
        api.serving.change({ addresses, loopback })
        terminal.note(`The studio answers at ${server.address} (Ctrl+C ends it)`)
        if (pageFolder !== undefined) await tellBrowsers(terminal, api, loopback)
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

/** Who opens the studio in a browser from another machine needs a link, which works once. It belongs in no log. */
async function tellBrowsers(
  terminal: Terminal,
  { serving, browserAccess }: StudioApi,
  loopback: boolean
): Promise<void> {
  const [address] = serving.state.addresses
  if (address === undefined) return
  if (loopback) {
    terminal.note(`Open ${address} in a browser of this machine to see the studio.`)
    return
  }
  if (!terminal.isWatched) {
    terminal.note('To let a tablet or browser in, make a link with: apex-studio browser-link')
    return
  }
  const link = await browserAccess.makeLink(address)
  tellLink(terminal, link)
  terminal.note(link.url)
}
