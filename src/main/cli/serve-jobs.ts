import type { Studio } from '../studio.ts'
import { createStudioApi, type StudioApi } from '../studio-api/create-studio-api.ts'
import { tellLink } from './browser-link-command.ts'
import type { CommandContext } from './command-context.ts'
import type { Serving } from './serve-command.ts'
import type { Terminal } from './terminal.ts'

/** Answers for the studio itself, and works on its queue; closing it puts jobs at work back. */
export async function serveJobs(studio: Studio, context: CommandContext, port: number): Promise<Serving> {
  const { terminal, programFolder, pageFolder, environment } = context
  // Loaded here: no other command waits for a server.
  const [{ createHttpServer }, { reachedAt }, { isLoopback }] = await Promise.all([
    import('../http/create-http-server.ts'),
    import('../http/reached-at.ts'),
    import('../http/guard/network-names.ts')
  ])
  const api = createStudioApi({ studio, programFolder })
  try {
    await api.start()
    const server = await createHttpServer({
      studio,
      api,
      host: environment.host,
      port,
      pageFolder,
      allowedHosts: environment.allowedHosts,
      settings: {
        privateWebhooks: environment.privateWebhooks,
        queueLength: environment.queueLength,
        requestsPerMinute: environment.requestsPerMinute ?? null
      },
      onFault: (error) => studio.log.error({ err: error }, 'a request failed')
    })
    const close = async () => {
      terminal.note('Closing: jobs at work go back into the queue.')
      await server.close()
      await api.stop()
    }
    try {
      await studio.manager.start()
      studio.log.info({ address: server.address, version: studio.version, store: studio.storeDescription }, 'serving')
      const addresses = reachedAt(environment.host, new URL(server.address).port)
      const loopback = isLoopback(environment.host)
      api.serving.change({ addresses, loopback })
      terminal.note(`The studio answers at ${server.address} (Ctrl+C ends it)`)
      if (pageFolder !== undefined) await tellBrowsers(terminal, api, loopback)
      return { close }
    } catch (thrown) {
      await server.close()
      throw thrown
    }
  } catch (thrown) {
    await api.stop()
    throw thrown
  }
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
