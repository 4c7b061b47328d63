import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { serverJars } from './server-jars.ts'

const SOURCE = fileURLToPath(new URL('./MongoServerForTests.java', import.meta.url))
/** Quick to start and small beside the tests. */
const JAVA_OPTIONS = [
  '-Xmx512m',
  '-XX:+UseSerialGC',
  '-XX:TieredStopAtLevel=1',
  '-Dorg.slf4j.simpleLogger.defaultLogLevel=off'
]

/** An independent MongoDB-compatible server (mongo-java-server) on the loopback address. */
export interface MongoServer {
  /** Without a database. */
  readonly uri: string
  readonly port: number
  /** Stops the process as it stands, and lets it go on: a server that hangs. */
  freeze(): void
  thaw(): void
  /** Ends it cleanly; its documents stay for `start`. */
  stop(): Promise<void>
  /** The same documents on the same port. */
  start(): Promise<void>
  /** Ends it and removes its documents. */
  dispose(): Promise<void>
}

/** @throws Error that says what is missing on this machine. */
export async function startMongoServer(): Promise<MongoServer> {
  const jars = await serverJars()
  const folder = await mkdtemp(join(tmpdir(), 'apex-mongo-'))
  let port = 0
  let running: ChildProcess | null = null
  const start = async () => {
    const args = [
      ...JAVA_OPTIONS,
      '-cp',
      ['*'].map((all) => join(jars, all)).join(delimiter),
      SOURCE,
      `${port}`,
      join(folder, 'documents')
    ]
    const child = spawn('java', args, { stdio: ['pipe', 'pipe', 'inherit'] })
    const [first]: unknown[] = await Promise.race([
      once(child.stdout, 'data'),
      once(child, 'exit').then(() => Promise.reject(new Error('The MongoDB server for tests did not start.')))
    ])
    port = Number(String(first).trim())
    running = child
  }
  const stop = async () => {
    const child = running
    running = null
    if (!child || child.exitCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGCONT')
    child.stdin?.end()
    await ended
  }
  try {
    await start()
  } catch (thrown) {
    await rm(folder, { recursive: true, force: true })
    throw thrown
  }
  return {
    uri: `mongodb://127.0.0.1:${port}`,
    port,
    freeze: () => void running?.kill('SIGSTOP'),
    thaw: () => void running?.kill('SIGCONT'),
    stop,
    start,
    async dispose() {
      await stop()
      await rm(folder, { recursive: true, force: true })
    }
  }
}
