import { type IpcMainInvokeEvent, ipcMain, protocol } from 'electron'
import { CALL_CHANNEL, MEDIA_SCHEME } from '../../contract/studio/channels.ts'
import type { StudioAnswer } from '../../contract/studio/transport.ts'

/** Who answers what a page asks. */
export interface Answers {
  call(event: IpcMainInvokeEvent, request: unknown): Promise<StudioAnswer>
  media(request: Request): Promise<Response>
}

/** The two ways into the studio; whoever comes before there is an answer waits for it. */
export function openDoors(answers: Promise<Answers>): void {
  // A studio that cannot start is told elsewhere.
  answers.catch(() => undefined)
  ipcMain.handle(CALL_CHANNEL, async (event, request: unknown) => (await answers).call(event, request))
  protocol.handle(MEDIA_SCHEME, async (request) => (await answers).media(request))
}
