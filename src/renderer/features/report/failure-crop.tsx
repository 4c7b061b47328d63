import { useTranslation } from 'react-i18next'
import type { Criterion } from '../../../domain/criterion.ts'
import { usePictures } from '../../state/mirror-context.ts'
import { useCriterionWords } from '../ledger/use-criterion-words.ts'
import { boxAround, drawingOf } from '../picture/drawn-regions.ts'
import { RegionOverlay } from '../picture/region-overlay.tsx'
import type { StagePicture } from '../picture/stage-picture.ts'
import { cropWindow } from './crop-window.ts'
import './report.css'

interface FailureCropProps {
  readonly picture: StagePicture
  readonly criterion: Criterion
}

/** Width and height of a crop, CSS px. */
const SIDE = 200

/** What failed, cut out of the picture at 1:1, with the measurement drawn on it. */
export function FailureCrop({ picture, criterion }: FailureCropProps) {
  const { t } = useTranslation(['report', 'criteria'])
  const { address } = usePictures()
  const words = useCriterionWords()
  const box = boxAround(criterion.regions)
  if (!box) return null
  const { left, top, scale } = cropWindow(box, picture.size, SIDE, devicePixelRatio)
  const { width, height } = picture.size
  return (
    <figure className="crop">
      <div className="crop-window" style={{ width: SIDE, height: SIDE }}>
        <div className="crop-picture" style={{ left, top, width: width * scale, height: height * scale }}>
          <img src={address(picture.media)} alt={t('cropOf', { name: words.name(criterion.id) })} draggable={false} />
          <RegionOverlay
            drawing={drawingOf(criterion, picture.size)}
            size={picture.size}
            scale={scale}
            outcome="failed"
          />
        </div>
      </div>
      <figcaption>
        <span className="mark" data-outcome="failed" aria-hidden>
          ✕
        </span>{' '}
        {words.name(criterion.id)} {words.value(criterion)}{' '}
        <span className="quiet">{t('criteria:want', { limit: words.limit(criterion) })}</span>
      </figcaption>
    </figure>
  )
}
