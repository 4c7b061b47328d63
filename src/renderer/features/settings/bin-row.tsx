import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMirror } from '../../state/mirror-context.ts'
import { useDoing } from '../../state/use-doing.ts'
import { useView } from '../../state/view.ts'
import { Button } from '../../ui/button.tsx'
import { EraseDialog } from '../../ui/erase-dialog.tsx'
import { useToasts } from '../../ui/toasts.ts'

interface BinRowProps {
  /** null until it has been counted. */
  readonly bin: { readonly jobs: number; readonly photos: number } | null
  readonly onEmptied: () => Promise<void>
}

/** What lies in the bin, the way to it, and the way to be rid of it at once. */
export function BinRow({ bin, onEmptied }: BinRowProps) {
  const { t } = useTranslation(['settings', 'studio'])
  const { client, gallery } = useMirror()
  const doing = useDoing()
  const show = useToasts((toasts) => toasts.show)
  const { setMode, setLayer } = useView()
  const [asking, setAsking] = useState(false)
  const [emptying, setEmptying] = useState<AbortController | null>(null)
  const counts = bin && {
    portraits: t('portraitCount', { count: bin.jobs }),
    photos: t('photoCount', { count: bin.photos })
  }
  const open = () => {
    void gallery.show({ bin: true }, {})
    setMode('gallery')
    setLayer(null)
  }
  const empty = async () => {
    const stop = new AbortController()
    setEmptying(stop)
    const gone = await doing(() => client.call('storage.emptyBin', {}, { signal: stop.signal }))
    if (gone) show({ text: t('binEmptied', { count: gone.pictures }) })
    setEmptying(null)
    await onEmptied()
  }
  return (
    <li>
      <span className="words" role="status">
        {t('bin')} {emptying ? t('emptyingBin') : counts && t('binHolds', counts)}
      </span>
      <Button onClick={open}>{t('openBin')}</Button>
      {emptying ? (
        <Button onClick={() => emptying.abort()}>{t('studio:cancel')}</Button>
      ) : (
        <Button disabled={!bin || bin.jobs + bin.photos === 0} onClick={() => setAsking(true)}>
          {t('emptyBin')}
        </Button>
      )}
      {asking && counts && (
        <EraseDialog
          title={t('emptyBinTitle')}
          text={t('emptyBinText', counts)}
          action={t('eraseForGood')}
          onErase={() => void empty()}
          onClose={() => setAsking(false)}
        />
      )}
    </li>
  )
}
