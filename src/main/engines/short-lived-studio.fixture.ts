import { EngineProcess } from './engine-process.ts'
import { forkNodeChild } from './node-fork.ts'

/** A studio for a test to kill: starts the engine named on its command line, tells the engine's pid, and waits. */
const engine = new EngineProcess({
  role: 'builtin',
  entry: process.argv[2] ?? '',
  execArgv: process.execArgv,
  environment: {},
  fork: forkNodeChild
})
await engine.call('inspect', { path: 'answer' }, { signal: new AbortController().signal, onProgress: () => {} })
process.send?.(engine.pid)
setInterval(() => {}, 60_000)
