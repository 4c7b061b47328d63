import { useTranslation } from 'react-i18next'
import type { Swatch } from '../../../contract/studio/studio-calls.ts'
import { useToldError } from '../../language/told.ts'
import { Button } from '../../ui/button.tsx'
import { useDraft } from './draft-store.ts'
import { useOwnBackdrop } from './use-own-backdrop.ts'

/** Which file stands behind the person, or what to do while there is none. */
export function OwnBackdropFile({ swatch }: { readonly swatch: Swatch | undefined }) {
  const { t } = useTranslation('parameters')
  const backdrop = useDraft((state) => state.backdrop)
  const told = useToldError()
  const failed = swatch?.error ? told(swatch.error) : null
  const { choose } = useOwnBackdrop()
  return (
    <div className="own-backdrop">
      <span className="one-line" dir="auto" title={backdrop?.name}>
        {backdrop?.name ?? t('ownBackdrop.none')}
      </span>
      <Button onClick={() => void choose()}>{t(backdrop ? 'ownBackdrop.other' : 'ownBackdrop.choose')}</Button>
      {!backdrop && <span className="quiet">{t('ownBackdrop.hint')}</span>}
      {backdrop && failed && (
        <span className="quiet" role="status">
          ✕ {failed.message} {failed.hint}
        </span>
      )}
    </div>
  )
}
