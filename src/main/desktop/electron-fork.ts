import { utilityProcess } from 'electron'
import type { EngineChild, ForkRequest } from '../engines/engine-fork.ts'

/** How long output still in the pipes is waited for after the process has ended. */
const DRAIN_MS = 500

/** Engine processes under Electron (https://www.electronjs.org/docs/latest/api/utility-process). */
export function forkUtilityProcess(request: ForkRequest): EngineChild {
  const child = utilityProcess.fork(request.entry, [...request.args], {
    execArgv: [...request.execArgv],
    env: { ...process.env, ...request.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    serviceName: `Engine ${request.args.join(' ')}`
  })
  let over = false
  const exited = new Promise<number>((resolve) => child.once('exit', resolve))
  void exited.then(() => {
    over = true
  })
  const drained = Promise.all(
    [child.stdout, child.stderr].map((stream) => new Promise<void>((resolve) => void stream?.once('close', resolve)))
  )
  return {
    get pid() {
      return child.pid
    },
    send(message) {
      if (!over) child.postMessage(message)
    },
    onMessage: (listener) => child.on('message', listener),
    onOutput(listener) {
      for (const stream of [child.stdout, child.stderr]) {
        stream?.on('data', (bytes: Buffer) => listener(bytes.toString('utf8')))
        stream?.on('error', () => {})
      }
    },
    onExit(listener) {
      void exited.then(async (code) => {
        await Promise.race([drained, new Promise((resolve) => setTimeout(resolve, DRAIN_MS))])
        listener({ code, signal: null })
      })
    },
    kill() {
      if (over) return
      // Electron's own kill asks with SIGTERM, which a process deep in native code does not hear.
      if (process.platform !== 'win32' && child.pid !== undefined) killNow(child.pid)
      else child.kill()
    }
  }
}

function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself in the meantime.
  }
}
