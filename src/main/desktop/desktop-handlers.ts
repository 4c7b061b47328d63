import { basename, join } from 'node:path'
import { app, type BrowserWindow, clipboard, dialog, shell } from 'electron'
import type { DesktopCallName } from '../../contract/studio/calls.ts'
import { StudioError } from '../../domain/errors.ts'
import type { HandlersOf } from '../studio-api/handlers.ts'
import type { DragOut } from './drag-out.ts'

/** The only pages that are ever opened in the browser. */
const PAGES = {
  licence: 'https://www.apache.org/licenses/LICENSE-2.0',
  'iptc-source-types': 'https://cv.iptc.org/newscodes/digitalsourcetype/'
} as const

const PHOTOS = [
  'jpg',
  'jpeg',
  'png',
  'tif',
  'tiff',
  'webp',
  'avif',
  'heic',
  'heif',
  'dng',
  'cr2',
  'cr3',
  'nef',
  'arw',
  'raf',
  'orf',
  'rw2'
]

const FILTERS = {
  photos: [
    { name: 'Photos', extensions: PHOTOS },
    { name: 'All files', extensions: ['*'] }
  ],
  backdrops: [
    { name: 'Panoramas and photographs', extensions: ['hdr', 'exr', ...PHOTOS] },
    { name: 'All files', extensions: ['*'] }
  ],
  presets: [{ name: 'Presets', extensions: ['json'] }],
  proofing: [{ name: 'Picks', extensions: ['json'] }],
  pdf: [{ name: 'PDF', extensions: ['pdf'] }],
  html: [{ name: 'HTML', extensions: ['html'] }]
} as const

const filtersOf = (of: keyof typeof FILTERS) =>
  FILTERS[of].map(({ name, extensions }) => ({ name, extensions: [...extensions] }))

/** What the window's own machine does for the page. */
export function desktopHandlers(window: () => BrowserWindow | null, dragOut: DragOut): HandlersOf<DesktopCallName> {
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
