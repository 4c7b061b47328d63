import { useTranslation } from 'react-i18next'
import type { ExportSize } from '../../../domain/delivery/export-size.ts'
import { CheckField, TextField } from '../../ui/fields.tsx'
import { Select } from '../../ui/select.tsx'
import './delivery.css'

interface SizeFieldProps {
  readonly size: ExportSize
  readonly enlarge: boolean
  readonly onChange: (change: { size?: ExportSize; enlarge?: boolean }) => void
}

const LONG_EDGE = { kind: 'long-edge', pixels: 2048 } as const
const PRINT = { kind: 'print', widthMm: 130, heightMm: 180, pixelsPerInch: 300 } as const

/** How large: as it is, by pixels, or for paper. */
export function SizeField({ size, enlarge, onChange }: SizeFieldProps) {
  const { t } = useTranslation('delivery')
  const whole = (text: string, then: (value: number) => ExportSize) => {
    const value = Number.parseInt(text, 10)
    if (value > 0) onChange({ size: then(value) })
  }
  return (
    <div className="size-field">
      <Select
        label={t('size')}
        value={size.kind}
        options={(['original', 'long-edge', 'print'] as const).map((kind) => ({
          value: kind,
          label: t(`sizes.${kind}`)
        }))}
        onChange={(kind) => onChange({ size: kind === 'original' ? { kind } : kind === 'print' ? PRINT : LONG_EDGE })}
      />
      {size.kind === 'long-edge' && (
        <TextField
          key={size.pixels}
          label={t('pixels')}
          inputMode="numeric"
          defaultValue={size.pixels}
          onBlur={(event) => whole(event.target.value, (pixels) => ({ ...size, pixels }))}
        />
      )}
      {size.kind === 'print' && (
        <div className="print-fields">
          <TextField
            label={t('widthMm')}
            inputMode="numeric"
            defaultValue={size.widthMm}
            onBlur={(event) => whole(event.target.value, (widthMm) => ({ ...size, widthMm }))}
          />
          <TextField
            label={t('heightMm')}
            inputMode="numeric"
            defaultValue={size.heightMm}
            onBlur={(event) => whole(event.target.value, (heightMm) => ({ ...size, heightMm }))}
          />
          <TextField
            label="ppi"
            inputMode="numeric"
            defaultValue={size.pixelsPerInch}
            onBlur={(event) => whole(event.target.value, (pixelsPerInch) => ({ ...size, pixelsPerInch }))}
          />
        </div>
      )}
      {size.kind !== 'original' && (
        <CheckField label={t('enlarge')} checked={enlarge} onChange={(on) => onChange({ enlarge: on })} />
      )}
    </div>
  )
}
