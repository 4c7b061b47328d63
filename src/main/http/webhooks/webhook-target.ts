import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import { StudioError } from '../../../domain/errors.ts'

/** One address that a name stands for, looked at and then kept to. */
export interface PinnedAddress {
  readonly address: string
  readonly family: 4 | 6
}

/** Reachable by anybody, and no network or service of somebody's own: IANA's registries of special-purpose addresses. */
const isPublic = (address: string) => ipaddr.process(address).range() === 'unicast'

/**
 * Where a webhook would be sent. Every address that its name stands for must be public, unless private ones are
 * allowed; the one that is returned is the one to connect to, so that the name cannot come to mean another meanwhile.
 * @throws StudioError `webhook-refused`
 */
export async function pinTarget(url: URL, allowPrivate: boolean): Promise<PinnedAddress> {
  if (url.username !== '' || url.password !== '') {
    throw new StudioError('webhook-refused', 'An address with a user name or password cannot be a webhook.')
  }
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const found = isIP(host) === 0 ? await resolve(host) : [{ address: host, family: isIP(host) }]
  const [first] = found
  if (!first) throw new StudioError('webhook-refused', `The name ${host} stands for no address.`)
  if (!allowPrivate && !found.every(({ address }) => isPublic(address))) {
    throw new StudioError('webhook-refused', `${host} is an address of a private network.`)
  }
  return { address: first.address, family: first.family === 6 ? 6 : 4 }
}

async function resolve(host: string) {
  try {
    return await lookup(host, { all: true })
  } catch (cause) {
    throw new StudioError('webhook-refused', `The name ${host} cannot be resolved.`, { cause })
  }
}
