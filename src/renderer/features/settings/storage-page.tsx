import { useTranslation } from 'react-i18next'
import type { StudioClient } from '../../../contract/studio/client.ts'
import { useFormat } from '../../language/format.ts'
import { useClient, useMirror, useSettings, useWork } from '../../state/mirror-context.ts'
import { useDoing } from '../../state/use-doing.ts'
import { Button } from '../../ui/button.tsx'
import { Select } from '../../ui/select.tsx'
import { ErrorBox } from '../../ui/states.tsx'
import { useToasts } from '../../ui/toasts.ts'
import { BinRow } from './bin-row.tsx'
import { useQuery } from './use-query.ts'

const askUsage = (client: StudioClient) => client.call('storage.usage', {})
const BIN_DAYS = [7, 30, 90, 365]

export function StoragePage() {
  const { t } = useTranslation(['settings', 'studio'])
  const { bytes, count } = useFormat()
  const client = useClient()
  const { settings } = useMirror()
  const doing = useDoing()
  const show = useToasts((toasts) => toasts.show)
  const store = useWork((work) => work.studio?.store)
  const binDays = useSettings((each) => each.binDays)
  const { data, error, reload } = useQuery(askUsage)
  if (error)
    return <ErrorBox error={error} actions={<Button onClick={() => void reload()}>{t('studio:tryAgain')}</Button>} />
  const clearCache = async () => {
    const freed = await doing(() => client.call('storage.clearCache', {}))
    if (freed) show({ text: t('cacheCleared', { size: bytes(freed.bytes) }) })
    await reload()
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
        <BinRow bin={data?.bin ?? null} onEmptied={reload} />
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
