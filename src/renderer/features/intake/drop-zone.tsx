import { type ReactNode, useEffect, useEffectEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useOwnFiles } from '../../state/mirror-context.ts'
import { useToasts } from '../../ui/toasts.ts'
import { carriesPhotos, gather } from './photo-sources.ts'
import { useImport } from './use-import.ts'
import './intake.css'

/** The whole window takes photos, dropped or pasted, whatever screen it shows. */
export function DropZone({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation('intake')
  const own = useOwnFiles()
  const { takeFiles } = useImport()
  const show = useToasts((toasts) => toasts.show)
  const [over, setOver] = useState(false)

  const takeFrom = useEffectEvent(async (data: DataTransfer) => {
    const { files, unusable } = gather(data, own)
    if (unusable.length > 0) show({ text: t('linkDropped'), hint: t('linkDroppedHint') })
    await takeFiles(await files)
  })
  const entered = useEffectEvent((event: DragEvent) => {
    if (!carriesPhotos(event.dataTransfer)) return
    event.preventDefault()
    if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy'
    setOver(true)
  })
  const left = useEffectEvent((event: DragEvent) => {
    if (event.relatedTarget === null) setOver(false)
  })
  const dropped = useEffectEvent((event: DragEvent) => {
    if (!carriesPhotos(event.dataTransfer)) return
    setOver(false)
    // Taken already by something on the page that it was dropped on.
    if (event.defaultPrevented) return
    event.preventDefault()
    if (event.dataTransfer) void takeFrom(event.dataTransfer)
  })
  const pasted = useEffectEvent((event: ClipboardEvent) => {
    if (event.clipboardData && event.clipboardData.files.length > 0) void takeFrom(event.clipboardData)
  })

  useEffect(() => {
    const stop = new AbortController()
    const options = { signal: stop.signal }
    window.addEventListener('dragenter', (event) => entered(event), options)
    window.addEventListener('dragover', (event) => entered(event), options)
    window.addEventListener('dragleave', (event) => left(event), options)
    window.addEventListener('drop', (event) => dropped(event), options)
    window.addEventListener('paste', (event) => pasted(event), options)
    return () => stop.abort()
  }, [])

  return (
    <>
      {children}
      {over && (
        <div className="drop-veil">
          <p>{t('dropHere')}</p>
        </div>
      )}
    </>
  )
}
