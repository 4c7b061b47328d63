import type { HostPort } from './host-port.ts'

/** What is used of Electron's `process.parentPort` (https://www.electronjs.org/docs/latest/api/parent-port). */
interface ParentPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown
  on(event: 'close', listener: () => void): unknown
}

function isParentPort(value: unknown): value is ParentPort {
  return typeof value === 'object' && value !== null && 'postMessage' in value && 'on' in value
}

/** A process started by `utilityProcess.fork`; undefined in any other. */
export function electronPort(): HostPort | undefined {
  const port: unknown = Reflect.get(process, 'parentPort')
  if (!isParentPort(port)) return undefined
  return {
    send: (message) => port.postMessage(message),
    onMessage: (listener) => void port.on('message', (event) => listener(event.data)),
    onParentGone: (listener) => void port.on('close', listener)
  }
}
