import { randomUUID } from 'node:crypto'
import type { Notice } from '../../contract/studio/events.ts'
import { type StudioError, serializeError } from '../../domain/errors.ts'
import type { TellEvent } from './event-hub.ts'

type Words = Pick<Notice, 'level' | 'code' | 'message'> & Partial<Pick<Notice, 'hint' | 'jobId'>>

/** Says what belongs to no call. */
export class Notices {
  readonly #tell: TellEvent

  constructor(tell: TellEvent) {
    this.#tell = tell
  }

  say({ level, code, message, hint = null, jobId = null }: Words): void {
    this.#tell('notice', { id: randomUUID(), level, code, message, hint, jobId, error: null, at: new Date() })
  }

  sayError(error: StudioError, level: 'warning' | 'error' = 'error', jobId: string | null = null): void {
    const { code, message, hint } = error
    this.#tell('notice', {
      id: randomUUID(),
      level,
      code,
      message,
      hint,
      jobId,
      error: serializeError(error),
      at: new Date()
    })
  }
}
