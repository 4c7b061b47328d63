import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { entryOf, type ParameterName } from '../../../domain/parameters/parameters.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/fields.tsx'

interface FreeTextProps {
  readonly name: ParameterName
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
}

/** Own words instead of a choice: engines that read carry them out, the others say that they cannot. */
export function FreeText({ name, label, value, onChange }: FreeTextProps) {
  const { t } = useTranslation('parameters')
  const isFree = entryOf(name, value) === undefined
  const [open, setOpen] = useState(isFree)
  if (!open && !isFree) {
    return (
      <Button kind="quiet" onClick={() => setOpen(true)}>
        {t('ownWords')}
      </Button>
    )
  }
  return (
    <TextField
      label={t('ownWordsFor', { label })}
      unlabelled
      placeholder={t(name === 'background' ? 'ownBackgroundExample' : 'ownWords')}
      dir="auto"
      maxLength={200}
      defaultValue={isFree ? value : ''}
      onChange={(event) => event.target.value.trim() !== '' && onChange(event.target.value)}
    />
  )
}
