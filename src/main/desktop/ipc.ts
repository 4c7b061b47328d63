import type { BrowserWindow } from 'electron'
import { EVENT_CHANNEL } from '../../contract/studio/channels.ts'
import type { StudioAnswer, StudioMessage } from '../../contract/studio/transport.ts'
import { StudioError, serializeError } from '../../domain/errors.ts'
import { APP_ORIGIN } from './app-protocol.ts'
import type { Answers } from './doors.ts'
import { isTrusted } from './trusted-sender.ts'

/** Answers the window's page, and nobody else. The answer carries errors: `invoke` itself would lose all but the text. */
export function answerCalls(
  window: () => BrowserWindow | null,
  answer: (request: unknown) => Promise<StudioAnswer>
): Answers['call'] {
  return async (event, request) => {
    if (isTrusted(event, window()?.webContents ?? null, APP_ORIGIN)) return await answer(request)
    const error = new StudioError('call-refused', 'This page may not ask the studio for anything.')
    return { ok: false, error: serializeError(error) }
  }
}

/** Tells the window's page; one that has crashed or is being loaded hears nothing. */
export function tellWindow(window: BrowserWindow | null, message: StudioMessage): void {
  if (!window || window.isDestroyed() || window.webContents.isCrashed()) return
  window.webContents.send(EVENT_CHANNEL, message)
}
