import { useTranslation } from 'react-i18next'
import type { StudioClient } from '../../../contract/studio/client.ts'
import { useWork } from '../../state/mirror-context.ts'
import { Disclosure } from '../../ui/disclosure.tsx'
import { ErrorBox } from '../../ui/states.tsx'
import { useQuery } from './use-query.ts'

const askLicences = (client: StudioClient) => client.call('studio.licences', {})

export function AboutPage() {
  const { t } = useTranslation('settings')
  const studio = useWork((work) => work.studio)
  const { data, error } = useQuery(askLicences)
  return (
    <>
      <h2>APEX Portrait Studio {studio?.version}</h2>
      <p className="quiet selectable">{studio?.runtime.join(' · ')}</p>
      <p>{t('aboutText')}</p>
      {error && <ErrorBox error={error} />}
      {data && (
        <>
          <Disclosure title={t('licence')}>
            <LongText label={t('licence')} text={data.licence} />
          </Disclosure>
          <Disclosure title={t('notice')}>
            <LongText label={t('notice')} text={data.notice} />
          </Disclosure>
        </>
      )}
    </>
  )
}

/** Scrolled by keys as well: a field has the focus, and can be read only. */
function LongText({ label, text }: { readonly label: string; readonly text: string }) {
  return <textarea className="licence-text selectable" aria-label={label} value={text} rows={20} readOnly />
}
