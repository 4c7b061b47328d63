import { StudioError, serializeError, toStudioError } from '../../domain/errors.ts'
import { DEFAULT_SERVER_SETTINGS, type ServerSettings } from '../../domain/server-settings.ts'
import type { HttpServer } from '../http/guarded-server.ts'
import type { Studio } from '../studio.ts'
import type { StudioApi } from '../studio-api/create-studio-api.ts'
import { serverState } from '../studio-api/handlers/server-handlers.ts'
import type { HandlersOf } from '../studio-api/handlers.ts'

export interface DesktopServerOptions {
  readonly studio: Studio
  readonly api: () => StudioApi
  readonly pageFolder: string
}

const ID = 'server'
const HOSTS = { loopback: '127.0.0.1', network: '0.0.0.0' } as const

/** The same server that `apex-studio serve` starts, beside the window; off until somebody switches it on. */
export class DesktopServer {
  readonly #options: DesktopServerOptions
  #server: HttpServer | null = null
  /** One change after the other. */
  #last: Promise<void> = Promise.resolve()
  /** Whether somebody has set it since the studio was opened. */
  #isSet = false

  constructor(options: DesktopServerOptions) {
    this.#options = options
  }

  /** As it was left. What keeps it from serving is told in Settings, and keeps the studio from nothing. */
  async start(): Promise<void> {
    const stored = await this.#options.studio.serverSettings.get(ID)
    // The window answers before this is reached: what somebody set meanwhile stays, and whom it serves is not cut off.
    if (this.#isSet) return
    await this.#apply(stored ? withoutId(stored) : DEFAULT_SERVER_SETTINGS)
  }

  async stop(): Promise<void> {
    await this.#last
    await this.#server?.close()
    this.#server = null
  }

  handlers(): HandlersOf<'desktop.setServer' | 'desktop.makeApiKey'> {
    const { studio, api } = this.#options
    return {
      'desktop.setServer': async ({ settings }) => {
        this.#isSet = true
        await studio.serverSettings.put({ _id: ID, ...settings })
        await this.#apply(settings)
        const { browserAccess, serving } = api()
        return await serverState({ studio, browserAccess, serving })
      },
      'desktop.makeApiKey': async ({ name }) => {
        const { ApiKeys } = await import('../http/guard/api-keys.ts')
        const { key } = await new ApiKeys(studio.apiKeys).add(name, ['read', 'write'])
        const { serving } = api()
        // It may be what the server was waiting for.
        if (serving.state.error && serving.state.settings) await this.#apply(serving.state.settings)
        else serving.change({})
        return { key }
      }
    }
  }

  #apply(settings: ServerSettings): Promise<void> {
    this.#last = this.#last.then(() => this.#serve(settings))
    return this.#last
  }

  async #serve(settings: ServerSettings): Promise<void> {
    const { serving } = this.#options.api()
    await this.#server?.close()
    this.#server = null
    const off = { addresses: [], loopback: settings.reach === 'loopback', settings, error: null }
    if (!settings.on) {
      serving.change(off)
      return
    }
    try {
      serving.change({ ...off, addresses: await this.#listen(settings) })
    } catch (thrown) {
      serving.change({ ...off, error: serializeError(hinted(toStudioError(thrown))) })
    }
  }

  async #listen({ reach, port }: ServerSettings): Promise<string[]> {
    const { studio, api, pageFolder } = this.#options
    // Loaded here: a studio that serves nobody does not wait for a server.
    const [{ createHttpServer }, { reachedAt }] = await Promise.all([
      import('../http/create-http-server.ts'),
      import('../http/reached-at.ts')
    ])
    const host = HOSTS[reach]
    this.#server = await createHttpServer({
      studio,
      api: api(),
      host,
      port,
      pageFolder,
      onFault: (error) => studio.log.error({ err: error }, 'a request failed')
    })
    return reachedAt(host, new URL(this.#server.address).port)
  }
}

function withoutId({ _id, ...settings }: ServerSettings & { readonly _id: string }): ServerSettings {
  return settings
}

/** The hints of the command line name commands that somebody at the window has not. */
function hinted(error: StudioError): StudioError {
  switch (error.code) {
    case 'keys-required':
      return new StudioError(error.code, 'Whoever reaches this machine could ask for it: it needs an API key first.', {
        hint: 'Make one below. Programs use it; browsers come in by a link.',
        cause: error
      })
    case 'address-in-use':
      return new StudioError(error.code, error.message, { hint: 'Choose another port.', cause: error })
    default:
      return error
  }
}
