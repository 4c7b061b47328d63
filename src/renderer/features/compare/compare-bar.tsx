import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { Segments } from '../../ui/segments.tsx'
import { FITTED, type PictureZoom } from '../picture/zoom.ts'

export const WAYS = ['two', 'four', 'slider', 'blink', 'difference'] as const
export type Way = (typeof WAYS)[number]

interface CompareBarProps {
  readonly way: Way
  readonly onWay: (way: Way) => void
  readonly zoom: PictureZoom
  readonly onZoom: (zoom: PictureZoom) => void
  /** Null where the chosen picture cannot become the final. */
  readonly onChoose: (() => void) | null
}

/** How pictures are compared, and how closely. */
export function CompareBar({ way, onWay, zoom, onZoom, onChoose }: CompareBarProps) {
  const { t } = useTranslation('compare')
  const times = zoom.times === 1 ? '1' : zoom.times === 2 ? '2' : zoom.times === null ? 'fit' : 'other'
  return (
    <div className="stage-bar">
      <Segments
        label={t('way')}
        value={way}
        onChange={onWay}
        options={WAYS.map((each) => ({ value: each, label: t(`ways.${each}`) }))}
      />
      <Segments
        label={t('loupe')}
        value={times}
        onChange={(next) => onZoom(next === 'fit' ? FITTED : { ...zoom, times: next === '2' ? 2 : 1 })}
        options={[
          { value: 'fit', label: t('fit') },
          { value: '1', label: '1:1' },
          { value: '2', label: '2:1' }
        ]}
      />
      <span className="spring" />
      <Button kind="main" disabled={onChoose === null} onClick={() => onChoose?.()}>
        {t('choose')}
      </Button>
    </div>
  )
}
