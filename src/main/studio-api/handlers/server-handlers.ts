import type { ServerState } from '../../../contract/studio/server-calls.ts'
import { StudioError } from '../../../domain/errors.ts'
import type { BrowserAccess } from '../../browser-access/browser-access.ts'
import { linkCode } from '../../browser-access/link-code.ts'
import type { Studio } from '../../studio.ts'
import type { CallsIn, HandlersOf } from '../handlers.ts'
import type { Serving } from '../serving.ts'

export interface ServerParts {
  readonly studio: Pick<Studio, 'apiKeys'>
  readonly browserAccess: BrowserAccess
  readonly serving: Serving
}

export async function serverState({ studio, browserAccess, serving }: ServerParts): Promise<ServerState> {
  const [keys, browsers] = await Promise.all([studio.apiKeys.list(), browserAccess.sessions()])
  const { addresses, ...state } = serving.state
  return { ...state, addresses: [...addresses], apiKeys: keys.length, browsers: browsers.length }
}

export function serverHandlers(parts: ServerParts): HandlersOf<CallsIn<'server'>> {
  const { browserAccess, serving } = parts
  return {
    'server.describe': () => serverState(parts),
    async 'server.makeLink'() {
      const [address] = serving.state.addresses
      if (address === undefined) throw new StudioError('server-off', 'The studio serves no browsers.')
      const link = await browserAccess.makeLink(address)
      return { ...link, code: linkCode(link.url) }
    },
    async 'server.forgetBrowsers'() {
      await browserAccess.forgetAll()
      return {}
    }
  }
}
