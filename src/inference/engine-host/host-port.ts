import type { FromEngine } from '../../contract/engine-protocol.ts'

/** The engine process's end of the protocol, whichever way it was started. */
export interface HostPort {
  send(message: FromEngine): void
  onMessage(listener: (message: unknown) => void): void
  /** The studio is gone: nobody will ask or listen any more. */
  onParentGone(listener: () => void): void
}
