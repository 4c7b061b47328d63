import { z } from 'zod'
import type { StudioCallRequest, StudioCallResult } from '../../contract/studio/calls.ts'
import type { TaskProgress } from '../../contract/studio/client.ts'
import { FILE_EXTENSIONS, isNoPhoto } from '../../contract/studio/file-kinds.ts'
import { refusal, unreachable } from '../../contract/studio/http-transport.ts'
import { StudioError } from '../../domain/errors.ts'
import { machinePathSchema } from '../../domain/machine-path.ts'
import { copyText } from './copy-text.ts'
import { pickFiles } from './pick-files.ts'
import { uploadAll } from './upload.ts'

export interface BrowserContext {
  readonly signal: AbortSignal
  readonly onProgress: (progress: TaskProgress) => void
}

/** The calls of the desktop studio's window that a browser answers itself. */
export type BrowserCallName =
  | 'dialogs.chooseFiles'
  | 'dialogs.chooseFolder'
  | 'dialogs.saveFile'
  | 'desktop.showInFolder'
  | 'desktop.copyText'
  | 'desktop.setFullScreen'

export type BrowserAnswers<N extends BrowserCallName> = {
  readonly [M in N]: (params: StudioCallRequest<M>, context: BrowserContext) => Promise<StudioCallResult<M>>
}

const placeSchema = z.object({ path: machinePathSchema })

/**
 * Files chosen are sent to the studio's machine and named by where they lie there; what is to be saved gets a place
 * there, and what was written is downloaded from it by `desktop.showInFolder`.
 */
export function browserDesktop(base: string): BrowserAnswers<BrowserCallName> {
  async function placeFor(name: string | null): Promise<string> {
    const response = await fetch(`${base}studio/places`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name })
    }).catch((cause: unknown) => {
      throw unreachable(cause)
    })
    if (!response.ok) throw await refusal(response)
    return placeSchema.parse(await response.json()).path
  }

  const send = (files: readonly File[], { signal, onProgress }: BrowserContext, into: string | null = null) =>
    uploadAll(base, files, { signal, into, onProgress })

  return {
    async 'dialogs.chooseFiles'({ of }, context) {
      // Safari greys out what it does not know, such as RAW: photos are known by their content.
      const anything = of === 'photos' || of === 'backdrops'
      const accept = anything ? '' : FILE_EXTENSIONS[of].map((each) => `.${each}`).join(',')
      const files = await pickFiles({ accept, multiple: of === 'photos', folder: false })
      return { paths: await send(files, context) }
    },
    async 'dialogs.chooseFolder'({ of }, context) {
      switch (of) {
        case 'delivery':
          return { path: await placeFor(null) }
        case 'photos': {
          const files = await pickFiles({ accept: '', multiple: true, folder: true })
          const photos = files.filter(({ name }) => !isNoPhoto(name))
          if (photos.length === 0) return { path: null }
          const folder = await placeFor(null)
          await send(photos, context, folder)
          return { path: folder }
        }
        case 'watched':
        case 'models':
          throw new StudioError('desktop-only', 'A browser cannot choose a folder of the studio’s machine.')
      }
    },
    'dialogs.saveFile': async ({ name }) => ({ path: await placeFor(name) }),
    async 'desktop.showInFolder'({ path }) {
      const link = document.createElement('a')
      link.href = `${base}studio/written?path=${encodeURIComponent(path)}`
      link.download = ''
      link.click()
      return {}
    },
    async 'desktop.copyText'({ text }) {
      await copyText(text)
      return {}
    },
    async 'desktop.setFullScreen'({ on }) {
      const wanted = on ?? document.fullscreenElement === null
      if (wanted) await document.documentElement.requestFullscreen()
      else if (document.fullscreenElement) await document.exitFullscreen()
      return { on: wanted }
    }
  }
}
