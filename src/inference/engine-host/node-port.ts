import type { HostPort } from './host-port.ts'

/** A process started by `child_process.fork`. */
export function nodePort(): HostPort {
  return {
    send(message) {
      // The channel's end is told by 'disconnect'; a message that misses it is not missed by anyone.
      if (process.connected) process.send?.(message, undefined, undefined, () => {})
    },
    onMessage: (listener) => void process.on('message', listener),
    onParentGone: (listener) => void process.on('disconnect', listener)
  }
}
