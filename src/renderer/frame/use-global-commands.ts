import { SURROUNDS } from '../../domain/settings.ts'
import { useImport } from '../features/intake/use-import.ts'
import { useCommand } from '../keys/use-command.ts'
import { useClient, useMirror, useSettings } from '../state/mirror-context.ts'
import { useDoing } from '../state/use-doing.ts'
import { useView } from '../state/view.ts'
import { useToasts } from '../ui/toasts.ts'

/** Commands that mean the same on every screen. */
export function useGlobalCommands(): void {
  const { setMode, setSingle, setLayer, toggleOverlay } = useView()
  const { settings } = useMirror()
  const client = useClient()
  const doing = useDoing()
  const panels = useSettings((each) => each.panels)
  const surround = useSettings((each) => each.surround)
  const undoLatest = useToasts((toasts) => toasts.undoLatest)
  const redoLatest = useToasts((toasts) => toasts.redoLatest)
  const { chooseFiles, chooseFolder } = useImport()
  useCommand('import-files', () => void chooseFiles())
  useCommand('import-folder', () => void chooseFolder())
  useCommand('go-prepare', () => setMode('prepare'))
  useCommand('go-gallery', () => setMode('gallery'))
  useCommand('go-single', () => {
    setMode('gallery')
    setSingle(true)
  })
  useCommand('go-compare', () => setMode('compare'))
  useCommand('go-deliver', () => setMode('deliver'))
  useCommand('go-queue', () => setLayer({ kind: 'queue' }))
  useCommand('settings', () => setLayer({ kind: 'settings', page: 'general' }))
  useCommand('about', () => setLayer({ kind: 'settings', page: 'about' }))
  useCommand('shortcuts', () => setLayer({ kind: 'shortcuts' }))
  useCommand('overlay', toggleOverlay)
  useCommand('undo', undoLatest)
  useCommand('redo', redoLatest)
  useCommand('full-screen', () => void doing(() => client.call('desktop.setFullScreen', { on: null })))
  useCommand('surround', () => {
    const next = SURROUNDS[(SURROUNDS.indexOf(surround) + 1) % SURROUNDS.length]
    if (next) void doing(() => settings.change({ surround: next }))
  })
  useCommand('panels', () => {
    const open = !(panels.left.open || panels.right.open)
    const change = { left: { ...panels.left, open }, right: { ...panels.right, open } }
    void doing(() => settings.change({ panels: { ...panels, ...change } }))
  })
}
