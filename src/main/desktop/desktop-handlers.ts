import { basename, join } from 'node:path'
import { app, type BrowserWindow, clipboard, dialog, shell } from 'electron'
import type { DesktopCallName } from '../../contract/studio/calls.ts'
import { FILE_EXTENSIONS, type FileKind } from '../../contract/studio/file-kinds.ts'
import { StudioError } from '../../domain/errors.ts'
import type { HandlersOf } from '../studio-api/handlers.ts'
import type { DragOut } from './drag-out.ts'

/** The only pages that are ever opened in the browser. */
const PAGES = {
  licence: 'https://www.apache.org/licenses/LICENSE-2.0',
  'iptc-source-types': 'https://cv.iptc.org/newscodes/digitalsourcetype/'
} as const

const NAMES: Readonly<Record<FileKind, string>> = {
  photos: 'Photos',
  backdrops: 'Panoramas and photographs',
  presets: 'Presets',
  proofing: 'Picks',
  pdf: 'PDF',
  html: 'HTML'
}

const filtersOf = (of: FileKind) => [
  { name: NAMES[of], extensions: [...FILE_EXTENSIONS[of]] },
  ...(of === 'photos' || of === 'backdrops' ? [{ name: 'All files', extensions: ['*'] }] : [])
]

/** What the window's own machine does for the page. */
export function desktopHandlers(
  window: () => BrowserWindow | null,
  dragOut: DragOut
): HandlersOf<Exclude<DesktopCallName, 'desktop.setServer' | 'desktop.makeApiKey'>> {
  function opened(): BrowserWindow {
    const open = window()
    if (!open || open.isDestroyed()) throw new StudioError('desktop-only', 'There is no window.')
    return open
  }

  return {
    async 'dialogs.chooseFolder'({ title, startAt }) {
      const { filePaths } = await dialog.showOpenDialog(opened(), {
        title,
        ...(startAt !== null && { defaultPath: startAt }),
        properties: ['openDirectory', 'createDirectory']
      })
      return { path: filePaths[0] ?? null }
    },
    async 'dialogs.chooseFiles'({ title, of }) {
      const { filePaths } = await dialog.showOpenDialog(opened(), {
        title,
        filters: filtersOf(of),
        properties: of === 'photos' ? ['openFile', 'multiSelections'] : ['openFile']
      })
      return { paths: filePaths }
    },
    async 'dialogs.saveFile'({ title, name, of, startAt }) {
      const { filePath } = await dialog.showSaveDialog(opened(), {
        title,
        defaultPath: join(startAt ?? app.getPath('documents'), basename(name)),
        filters: filtersOf(of)
      })
      return { path: filePath === '' ? null : filePath }
    },
    async 'desktop.showInFolder'({ path }) {
      shell.showItemInFolder(path)
      return {}
    },
    async 'desktop.openPage'({ page }) {
      await shell.openExternal(PAGES[page])
      return {}
    },
    async 'desktop.copyText'({ text }) {
      clipboard.writeText(text)
      return {}
    },
    async 'desktop.setFullScreen'({ on }) {
      const open = opened()
      const wanted = on ?? !open.isFullScreen()
      open.setFullScreen(wanted)
      return { on: wanted }
    },
    async 'delivery.prepareDrag'({ items }, { signal }) {
      await dragOut.prepare(items, signal)
      return {}
    },
    async 'delivery.startDrag'({ items }, { signal }) {
      return { files: await dragOut.start(opened(), items, signal) }
    }
  }
}
