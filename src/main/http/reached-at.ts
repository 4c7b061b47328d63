import { networkInterfaces } from 'node:os'
import { inAddress } from './guard/network-names.ts'

/** Every address of this machine: https://man7.org/linux/man-pages/man7/ip.7.html (INADDR_ANY), and its IPv6 like. */
const ANY = new Set(['0.0.0.0', '::'])

/** What browsers open to reach a server that listens there: where it listens at every address, those of the network first. */
export function reachedAt(host: string, port: string): string[] {
  if (!ANY.has(host)) return [`http://${inAddress(host)}:${port}`]
  const all = Object.values(networkInterfaces()).flatMap((each) => each ?? [])
  const ofNetwork = all.filter(({ family, internal }) => family === 'IPv4' && !internal)
  return [...ofNetwork.map(({ address }) => address), '127.0.0.1'].map((address) => `http://${address}:${port}`)
}
