import { useTranslation } from 'react-i18next'
import { useWork } from '../../state/mirror-context.ts'
import { Disclosure } from '../../ui/disclosure.tsx'
import { ErrorBox } from '../../ui/states.tsx'
import { useQuery } from './use-query.ts'

export function AboutPage() {
  const { t } = useTranslation('settings')
  const studio = useWork((work) => work.studio)
  const { data, error } = useQuery('studio.licences', {})
  return (
    <>
      <h2>APEX Portrait Studio {studio?.version}</h2>
      <p className="quiet selectable">{studio?.runtime.join(' · ')}</p>
      <p>{t('aboutText')}</p>
      {error && <ErrorBox error={error} />}
      {data && (
        <>
          <Disclosure title={t('licence')}>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long text is scrolled by keys */}
            <pre className="licence-text selectable" tabIndex={0}>
              {data.licence}
            </pre>
          </Disclosure>
          <Disclosure title={t('notice')}>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long text is scrolled by keys */}
            <pre className="licence-text selectable" tabIndex={0}>
              {data.notice}
            </pre>
          </Disclosure>
        </>
      )}
    </>
  )
}
