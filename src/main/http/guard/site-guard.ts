import { isIP } from 'node:net'
import { StudioError } from '../../../domain/errors.ts'
import { hostName, isLoopback } from './network-names.ts'

/** The headers by which a browser tells where a request comes from. */
export interface RequestSite {
  readonly host: string | undefined
  readonly origin: string | undefined
  /** `Sec-Fetch-*`, https://www.w3.org/TR/fetch-metadata/; absent where no browser asks. */
  readonly fetchSite: string | undefined
  readonly fetchMode: string | undefined
  readonly method: string
}

/**
 * Refuses what a page of another site makes a browser send. A Host that is none of ours is a name that was rebound to
 * this address (DNS rebinding); an Origin or fetch site that is not the server's own is a cross-site call. An address
 * in figures cannot be rebound, so that a server which others reach takes any of them.
 */
export function siteGuard(listensOn: string, allowedHosts: readonly string[]): (site: RequestSite) => void {
  const onlyHere = isLoopback(listensOn)
  const allowed = new Set([listensOn, ...allowedHosts].map((name) => name.toLowerCase()))

  const isOurs = (name: string) =>
    allowed.has(name) || isLoopback(name) || (!onlyHere && isIP(name) !== 0 && name !== '0.0.0.0' && name !== '::')

  return ({ host, origin, fetchSite, fetchMode, method }) => {
    // RFC 9112, 3.2: 400 for a request that does not say whom it asks.
    if (host === undefined) throw new StudioError('request-invalid', 'The request has no Host header.')
    const name = hostName(host)
    if (name === null || !isOurs(name)) {
      throw new StudioError('host-refused', `This server is not "${host}".`)
    }
    if (origin !== undefined && !isSameHost(origin, host)) {
      throw new StudioError('origin-refused', `A page of ${origin} may not use the studio.`)
    }
    // Following a link is no cross-site call: what it opens is a page of the studio's own.
    const follows = fetchMode === 'navigate' && method === 'GET'
    if (fetchSite !== undefined && fetchSite !== 'same-origin' && fetchSite !== 'none' && !follows) {
      throw new StudioError('origin-refused', 'A page of another site may not use the studio.')
    }
  }
}

/** Hosts with their ports; the scheme may differ where something before the server ends TLS. */
function isSameHost(origin: string, host: string | undefined): boolean {
  if (!URL.canParse(origin) || host === undefined) return false
  const { protocol, host: asked } = new URL(origin)
  const standardPort = protocol === 'https:' ? ':443' : ':80'
  return asked.toLowerCase() === host.toLowerCase().replace(new RegExp(`${standardPort}$`), '')
}
