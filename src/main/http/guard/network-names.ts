import { BlockList, isIP } from 'node:net'

const LOOPBACK = new BlockList()
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4')
LOOPBACK.addAddress('::1', 'ipv6')

const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4')

/** Whether only this machine reaches a server that listens there. */
export function isLoopback(host: string): boolean {
  if (host.toLowerCase() === 'localhost') return true
  return isIP(host) !== 0 && LOOPBACK.check(host, familyOf(host))
}

/** The name or address in a Host header, lower case, without port and brackets; null where it is none. */
export function hostName(header: string | undefined): string | null {
  if (header === undefined || !/^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:\d{1,5})?$/i.test(header)) return null
  const name = header.replace(/:\d{1,5}$/, '').toLowerCase()
  return name.startsWith('[') ? name.slice(1, -1) : name
}

/** As it stands in an address: IPv6 in brackets. */
export const inAddress = (host: string) => (isIP(host) === 6 ? `[${host}]` : host)
