import { useTranslation } from 'react-i18next'
import {
  EXPORT_FORMATS,
  exportFormatSchema,
  outputProfileSchema,
  sharpenAmountSchema,
  sharpenForSchema
} from '../../../domain/delivery/export-options.ts'
import { collisionRuleSchema, type ExportPreset } from '../../../domain/delivery/export-preset.ts'
import { CheckField } from '../../ui/fields.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Select } from '../../ui/select.tsx'
import { Slider } from '../../ui/slider.tsx'
import { NameTemplateField } from './name-template-field.tsx'
import { SizeField } from './size-field.tsx'
import './delivery.css'

interface ExportPresetEditorProps {
  readonly preset: ExportPreset
  readonly onChange: (preset: ExportPreset) => void
  /** What the first file would be called. */
  readonly example: string | undefined
}

const PROFILES = { srgb: 'sRGB', 'display-p3': 'Display P3' }

/** How a finished picture becomes a file. */
export function ExportPresetEditor({ preset, onChange, example }: ExportPresetEditorProps) {
  const { t } = useTranslation('delivery')
  const set = (change: Partial<ExportPreset>) => onChange({ ...preset, ...change })
  const metadata = (change: Partial<ExportPreset['metadata']>) => set({ metadata: { ...preset.metadata, ...change } })
  const format = EXPORT_FORMATS[preset.format]
  return (
    <div className="preset-editor">
      <Segments
        label={t('format')}
        value={preset.format}
        options={exportFormatSchema.options.map((each) => ({ value: each, label: EXPORT_FORMATS[each].label }))}
        onChange={(next) =>
          set({ format: next, bitsPerChannel: EXPORT_FORMATS[next].bits === 16 ? preset.bitsPerChannel : 8 })
        }
      />
      {format.lossy && (
        <div className="field">
          <span className="label filter-line">
            {t('quality')} <span>{preset.quality}</span>
          </span>
          <Slider
            label={t('quality')}
            value={preset.quality}
            min={1}
            max={100}
            step={1}
            onChange={(quality) => set({ quality })}
          />
        </div>
      )}
      {format.bits === 16 && (
        <Select
          label={t('depth')}
          value={String(preset.bitsPerChannel)}
          options={[
            { value: '8', label: t('bits', { count: 8 }) },
            { value: '16', label: t('bits16') }
          ]}
          onChange={(bits) => set({ bitsPerChannel: bits === '16' ? 16 : 8 })}
        />
      )}
      <SizeField size={preset.size} enlarge={preset.enlarge} onChange={set} />
      <Select
        label={t('sharpening')}
        value={preset.sharpenFor}
        options={sharpenForSchema.options.map((value) => ({ value, label: t(`sharpen.${value}`) }))}
        onChange={(sharpenFor) => set({ sharpenFor })}
      />
      <div className="two-fields">
        <Select
          label={t('amount')}
          value={preset.sharpenAmount}
          disabled={preset.sharpenFor === 'none'}
          options={sharpenAmountSchema.options.map((value) => ({ value, label: t(`amounts.${value}`) }))}
          onChange={(sharpenAmount) => set({ sharpenAmount })}
        />
        <Select
          label={t('profile')}
          value={preset.profile}
          options={outputProfileSchema.options.map((value) => ({ value, label: PROFILES[value] }))}
          onChange={(profile) => set({ profile })}
        />
      </div>
      <Select
        label={t('collision')}
        value={preset.collision}
        options={collisionRuleSchema.options.map((value) => ({ value, label: t(`taken.${value}`) }))}
        onChange={(collision) => set({ collision })}
      />
      <NameTemplateField
        value={preset.nameTemplate}
        example={example}
        onChange={(nameTemplate) => set({ nameTemplate })}
      />
      <Select
        label={t('metadata')}
        value={preset.metadata.keep}
        options={(['all', 'copyright', 'none'] as const).map((value) => ({ value, label: t(`keep.${value}`) }))}
        onChange={(keep) => metadata({ keep })}
      />
      {preset.metadata.keep === 'all' && (
        <div>
          <CheckField
            label={t('location')}
            checked={preset.metadata.location}
            onChange={(location) => metadata({ location })}
          />
          <CheckField
            label={t('recipe')}
            checked={preset.metadata.recipe}
            onChange={(recipe) => metadata({ recipe })}
          />
        </div>
      )}
    </div>
  )
}
