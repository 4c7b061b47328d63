import { type ChildProcess, fork } from 'node:child_process'
import type { ChildExit, EngineChild, ForkRequest } from './engine-fork.ts'

/** How long output still in the pipes is waited for after the process has ended, and how long a process without a channel may take to end. */
const DRAIN_MS = 500
const ORPHAN_MS = 2_000

/** Engine processes under plain Node. */
export function forkNodeChild(request: ForkRequest): EngineChild {
  const child = fork(request.entry, [...request.args], {
    execArgv: [...request.execArgv],
    env: { ...process.env, ...request.environment },
    // As structured clone under Electron: numbers that are not finite, dates and undefined arrive as they were sent.
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc']
  })
  const exited = exitOf(child)
  return {
    pid: child.pid,
    send(message) {
      // A channel that has just broken is reported by the exit that follows, not here.
      if (child.connected) child.send(message, () => {})
    },
    onMessage: (listener) => child.on('message', listener),
    onOutput(listener) {
      for (const stream of [child.stdout, child.stderr]) {
        stream?.setEncoding('utf8').on('data', listener)
        stream?.on('error', () => {})
      }
    },
    onExit: (listener) => void exited.then(listener),
    kill: () => void child.kill('SIGKILL')
  }
}

function exitOf(child: ChildProcess): Promise<ChildExit> {
  return new Promise((resolve) => {
    child.on('error', (error) => {
      // Also raised when a signal cannot be delivered; then the exit still comes.
      if (child.pid === undefined) resolve({ code: null, signal: null, error })
    })
    let unreachable: Error | undefined
    child.once('disconnect', () => {
      setTimeout(() => {
        if (child.exitCode !== null || child.signalCode !== null) return
        unreachable = new Error('it closed its channel')
        child.kill('SIGKILL')
      }, ORPHAN_MS).unref()
    })
    child.once('exit', (code, signal) => {
      const exit = { code, signal, ...(unreachable && { error: unreachable }) }
      child.once('close', () => resolve(exit))
      setTimeout(() => resolve(exit), DRAIN_MS)
    })
  })
}
