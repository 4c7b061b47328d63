import { useTranslation } from 'react-i18next'
import { useFormat } from '../../language/format.ts'
import { useClient, useMirror, useSettings, useWork } from '../../state/mirror-context.ts'
import { useDoing } from '../../state/use-doing.ts'
import { useView } from '../../state/view.ts'
import { Button } from '../../ui/button.tsx'
import { Select } from '../../ui/select.tsx'
import { ErrorBox } from '../../ui/states.tsx'
import { useToasts } from '../../ui/toasts.ts'
import { useQuery } from './use-query.ts'

const BIN_DAYS = [7, 30, 90, 365]

export function StoragePage() {
  const { t } = useTranslation(['settings', 'studio'])
  const { bytes, count } = useFormat()
  const client = useClient()
  const { settings, gallery } = useMirror()
  const doing = useDoing()
  const show = useToasts((toasts) => toasts.show)
  const { setMode, setLayer } = useView()
  const store = useWork((work) => work.studio?.store)
  const binDays = useSettings((each) => each.binDays)
  const { data, error, reload } = useQuery('storage.usage', {})
  if (error)
    return <ErrorBox error={error} actions={<Button onClick={() => void reload()}>{t('studio:tryAgain')}</Button>} />
  const clearCache = async () => {
    const freed = await doing(() => client.call('storage.clearCache', {}))
    if (freed) show({ text: t('cacheCleared', { size: bytes(freed.bytes) }) })
    await reload()
  }
  const openBin = () => {
    void gallery.show({ bin: true }, {})
    setMode('gallery')
    setLayer(null)
  }
  return (
    <>
      <dl className="facts selectable">
        <div>
          <dt>{t('folder')}</dt>
          <dd>{data?.folder ?? '…'}</dd>
        </div>
        <div>
          <dt>{t('store')}</dt>
          <dd>
            {store} {data && `· ${bytes(data.database)}`}
          </dd>
        </div>
        <div>
          <dt>{t('pictures')}</dt>
          <dd>{data && `${count(data.pictures.count)} · ${bytes(data.pictures.bytes)}`}</dd>
        </div>
        <div>
          <dt>{t('free')}</dt>
          <dd>{data && bytes(data.free)}</dd>
        </div>
      </dl>
      <ul className="settings-list">
        <li>
          <span className="words">
            {t('cache')} {data && bytes(data.cache)}
            <br />
            <span className="quiet">{t('cacheHint')}</span>
          </span>
          <Button onClick={() => void clearCache()}>{t('clearCache')}</Button>
        </li>
        <li>
          <span className="words">
            {t('bin')}{' '}
            {data &&
              t('binHolds', {
                portraits: t('portraitCount', { count: data.bin.jobs }),
                photos: t('photoCount', { count: data.bin.photos })
              })}
          </span>
          <Button onClick={openBin}>{t('openBin')}</Button>
        </li>
      </ul>
      <Select
        label={t('binDays')}
        value={String(binDays)}
        options={[...new Set([...BIN_DAYS, binDays])].map((days) => ({
          value: String(days),
          label: t('days', { count: days })
        }))}
        onChange={(days) => void doing(() => settings.change({ binDays: Number(days) }))}
      />
    </>
  )
}
