import pino from 'pino'
import { type SerializedError, serializeError } from '../../domain/errors.ts'
import type { LogLevel } from '../environment/variables.ts'
import { LogFile } from './log-file.ts'
import { lineRedactor, withoutSecrets } from './redaction.ts'

/** What a process does; each has a file of its own. */
export type LogRole = 'jobs' | 'vllm' | 'flux'

export interface LogOptions {
  readonly role: LogRole
  readonly level: LogLevel
  /** Folder of the file; null writes none. */
  readonly folder: string | null
  /** Where lines are shown; null shows none. */
  readonly console: (NodeJS.WritableStream & { readonly isTTY?: boolean }) | null
  /** Values that must not appear. */
  readonly secrets: readonly string[]
}

/** The one way to log. An error goes into the field `err`, the job and its step into `jobId` and `step`. */
export type Log = Pick<pino.Logger, LogLevel>

export interface OpenLog {
  readonly log: Log
  /** Resolves when every line is where it belongs. */
  close(): Promise<void>
}

/**
 * Opens the log of this process: one JSON object in a line (https://getpino.io), on a terminal in words. Lines are
 * written by plain streams, not worker threads, which a bundle and a sudden end of the process would lose.
 */
export async function openLog({ role, level, folder, console, secrets }: LogOptions): Promise<OpenLog> {
  const shown = console === null ? null : await screen(console)
  const file =
    folder === null
      ? null
      : new LogFile({
          folder,
          name: `${role}.log`,
          onTrouble: (cause) => shown?.write(`${JSON.stringify(fileTrouble(role, cause))}\n`)
        })
  const streams = [shown, file].flatMap((stream) => (stream ? [{ level: 'trace' as const, stream }] : []))
  const log = pino(
    {
      level,
      base: { pid: process.pid, role },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: withoutSecrets },
      serializers: { err: errorInShort },
      hooks: { streamWrite: lineRedactor(secrets) }
    },
    pino.multistream(streams)
  )
  return { log, close: async () => await file?.close() }
}

/** On a terminal for people, else for whatever collects the lines of a container. */
async function screen(stream: NonNullable<LogOptions['console']>): Promise<NodeJS.WritableStream> {
  if (!stream.isTTY) return stream
  const { default: pretty } = await import('pino-pretty')
  return pretty({ destination: stream, ignore: 'pid,role', singleLine: true, sync: true })
}

const fileTrouble = (role: LogRole, cause: Error) => ({
  level: 'warn',
  time: new Date().toISOString(),
  role,
  msg: `${role}.log cannot be written: ${cause.message}. Lines go to the console only, and the file is tried again in a minute.`
})

type ErrorInShort = Pick<SerializedError, 'code' | 'message'> & {
  hint?: string
  stack?: string | undefined
  cause?: ErrorInShort
}

/** Details stay out: they may hold what a photographer has written. Only faults of the studio need a stack. */
function errorInShort(thrown: unknown): ErrorInShort {
  const shorten = ({ code, message, hint, stack, cause }: SerializedError): ErrorInShort => ({
    code,
    message,
    ...(code === 'internal' ? { stack } : { hint }),
    ...(cause ? { cause: shorten(cause) } : {})
  })
  return shorten(serializeError(thrown))
}
