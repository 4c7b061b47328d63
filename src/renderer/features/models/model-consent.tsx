import { useTranslation } from 'react-i18next'
import type { CatalogueModel } from '../../../domain/models/catalogue-model.ts'
import { ConsentDialog } from '../../ui/consent-dialog.tsx'

interface ModelConsentProps {
  readonly model: CatalogueModel
  readonly isUnfit: boolean
  readonly onConsent: () => void
  readonly onClose: () => void
}

/** Asks what must be agreed to before a model is downloaded: its licence, and that it hardly runs here. */
export function ModelConsent({ model, isUnfit, onConsent, onClose }: ModelConsentProps) {
  const { name, licence } = model
  const { t } = useTranslation('models')
  return (
    <ConsentDialog
      title={t(licence.commercial ? 'unfitTitle' : 'licenceTitle', { name })}
      action={t(licence.commercial ? 'downloadAnyway' : 'acceptAndDownload')}
      onConsent={onConsent}
      onClose={onClose}
    >
      {!licence.commercial && (
        <p>
          {t('licenceText', { name, licence: licence.name })}{' '}
          <span className="selectable link-text">{licence.url}</span>
        </p>
      )}
      {isUnfit && <p>{t('unfitText')}</p>}
    </ConsentDialog>
  )
}
