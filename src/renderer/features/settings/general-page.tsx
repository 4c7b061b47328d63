import { useTranslation } from 'react-i18next'
import { type Settings, SURROUNDS } from '../../../domain/settings.ts'
import { LANGUAGES } from '../../language/languages.ts'
import { useMirror, useSettings } from '../../state/mirror-context.ts'
import { useDoing } from '../../state/use-doing.ts'
import { CheckField, TextField } from '../../ui/fields.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Select } from '../../ui/select.tsx'

export function GeneralPage() {
  const { t } = useTranslation('settings')
  const mirror = useMirror()
  const doing = useDoing()
  const settings = useSettings((each) => each)
  const change = (what: Partial<Settings>) => void doing(() => mirror.settings.change(what))
  return (
    <>
      <Select
        label={t('language')}
        value={settings.language}
        options={[
          { value: 'system', label: t('systemLanguage') },
          ...LANGUAGES.map(({ code, name }) => ({ value: code, label: name }))
        ]}
        onChange={(language) => change({ language })}
      />
      <div className="field">
        <span className="label" aria-hidden>
          {t('surround')}
        </span>
        <Segments
          label={t('surround')}
          value={settings.surround}
          options={SURROUNDS.map((value) => ({ value, label: t(`surrounds.${value}`) }))}
          onChange={(surround) => change({ surround })}
        />
      </div>
      <CheckField
        label={t('notifications')}
        checked={settings.notifications}
        onChange={(notifications) => change({ notifications })}
      />
      <CheckField label={t('keepAwake')} checked={settings.keepAwake} onChange={(keepAwake) => change({ keepAwake })} />
      <TextField
        label={t('author')}
        defaultValue={settings.author}
        dir="auto"
        maxLength={200}
        onBlur={(event) => change({ author: event.target.value })}
      />
      <TextField
        label={t('copyright')}
        defaultValue={settings.copyright}
        dir="auto"
        maxLength={200}
        onBlur={(event) => change({ copyright: event.target.value })}
      />
      <p className="quiet">{t('copyrightHint')}</p>
    </>
  )
}
