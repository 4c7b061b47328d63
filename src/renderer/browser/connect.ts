import { STUDIO_CALLS_BY_NAME } from '../../contract/studio/calls.ts'
import { createHttpTransport } from '../../contract/studio/http-transport.ts'
import type { StudioAnswer, StudioRequest, StudioTransport } from '../../contract/studio/transport.ts'
import { StudioError, serializeError } from '../../domain/errors.ts'
import { say } from '../../domain/sentences/say.ts'
import type { OwnFiles } from '../state/own-files.ts'
import { type BrowserAnswers, type BrowserCallName, type BrowserContext, browserDesktop } from './browser-desktop.ts'
import { droppedFiles } from './dropped-files.ts'
import { enterByLink } from './enter-by-link.ts'
import { upload } from './upload.ts'

/** The studio as a browser reaches it that has opened the page at the studio's own address. */
export async function connect(): Promise<{ readonly transport: StudioTransport; readonly files: OwnFiles }> {
  const base = new URL('.', document.baseURI).pathname
  await enterByLink(base)
  const http = createHttpTransport({ base, fetch: fetch.bind(window), EventSource })
  const desktop = browserDesktop(base)
  const hearing = new Set<(message: unknown) => void>()
  const running = new Map<string, AbortController>()

  async function answerHere<N extends BrowserCallName>(
    name: N,
    { params, task }: StudioRequest
  ): Promise<StudioAnswer> {
    const stop = new AbortController()
    if (task !== null) running.set(task, stop)
    const context: BrowserContext = {
      signal: stop.signal,
      onProgress: (progress) => {
        for (const hear of hearing) hear({ event: 'task.progress', payload: { task, progress } })
      }
    }
    try {
      const answer: BrowserAnswers<N>[N] = desktop[name]
      return { ok: true, result: await answer(STUDIO_CALLS_BY_NAME[name].params.parse(params), context) }
    } catch (thrown) {
      return { ok: false, error: serializeError(thrown) }
    } finally {
      if (task !== null) running.delete(task)
    }
  }

  return {
    transport: {
      mediaBase: http.mediaBase,
      async call(request) {
        if (isAnsweredHere(request.name, desktop)) return await answerHere(request.name, request)
        if (request.name === 'tasks.cancel') cancelHere(running, request.params)
        return await http.call(request)
      },
      listen(hear) {
        hearing.add(hear)
        const stop = http.listen(hear)
        return () => {
          hearing.delete(hear)
          stop()
        }
      }
    },
    files: {
      of: droppedFiles,
      async sourceOf(file, { signal, onProgress } = {}) {
        if (file.size === 0) return null
        const onSent = (bytes: number) => onProgress?.({ activity: file.name, done: bytes, total: file.size })
        return { kind: 'path', path: await upload(base, file, { signal, onSent }) }
      }
    }
  }
}

const isAnsweredHere = (name: string, answers: object): name is BrowserCallName => Object.hasOwn(answers, name)

function cancelHere(running: ReadonlyMap<string, AbortController>, params: unknown): void {
  const asked = STUDIO_CALLS_BY_NAME['tasks.cancel'].params.safeParse(params)
  if (asked.success) running.get(asked.data.task)?.abort(new StudioError('cancelled', say('error-cancelled')))
}
