import { useTranslation } from 'react-i18next'
import { useOnDesktop } from '../../state/mirror-context.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/states.tsx'
import { useImport } from '../intake/use-import.ts'
import './welcome.css'

const STEPS = ['add', 'choose', 'make'] as const

/** What a studio without photos says: three steps, and a sample to take them with. */
export function Welcome() {
  const { t } = useTranslation('intake')
  const onDesktop = useOnDesktop()
  const { chooseFiles, chooseFolder, takeSample } = useImport()
  return (
    <Empty
      title={t('welcome.title')}
      actions={
        <>
          <Button onClick={() => void chooseFiles()}>{t('addFiles')}</Button>
          <Button onClick={() => void chooseFolder()}>{t('addFolder')}</Button>
          <Button onClick={() => void takeSample()}>{t('welcome.sample')}</Button>
        </>
      }
    >
      <ol className="welcome-steps">
        {STEPS.map((step, index) => (
          <li key={step}>
            <span className="welcome-number">{index + 1}</span>
            <h3>{t(`welcome.${step}`)}</h3>
            <p className="quiet">{t(`welcome.${step}Text`)}</p>
          </li>
        ))}
      </ol>
      <p>{t(onDesktop ? 'welcome.private' : 'welcome.privateElsewhere')}</p>
    </Empty>
  )
}
