import { type Dispatcher, EnvHttpProxyAgent } from 'undici'

/** Enough for several models at once, each over several ranges, and few enough to be a good guest. */
const CONNECTIONS_PER_HOST = 12
const CONNECT_MS = 15_000

/** Connections that go through the proxies of HTTP_PROXY and HTTPS_PROXY, but for the hosts in NO_PROXY. */
export function hubDispatcher(): Dispatcher {
  return new EnvHttpProxyAgent({ connections: CONNECTIONS_PER_HOST, connect: { timeout: CONNECT_MS } })
}
