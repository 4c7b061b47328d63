import type { Criterion, CriterionId } from '../../../domain/criterion.ts'
import type { Size } from '../../../domain/geometry.ts'
import { useView } from '../../state/view.ts'
import { drawingOf } from '../picture/drawn-regions.ts'
import { RegionOverlay } from '../picture/region-overlay.tsx'

interface MeasurementsProps {
  readonly ledger: readonly Criterion[]
  /** The one row that is pointed at. */
  readonly active: CriterionId | null
  readonly size: Size
  readonly scale: number
}

/** Drawn when the overlay is on and nothing is pointed at: the frame, and whatever failed. */
const USUAL: ReadonlySet<CriterionId> = new Set<CriterionId>(['eye-line', 'head-height'])

/** Measured values on the picture: the row pointed at, or all that matter while the overlay is switched on. */
export function Measurements({ ledger, active, size, scale }: MeasurementsProps) {
  const overlay = useView((view) => view.overlay)
  const drawn = ledger.filter(({ id, outcome }) =>
    active === null ? overlay && (USUAL.has(id) || outcome === 'failed') : id === active
  )
  return drawn.map((criterion) => (
    <RegionOverlay
      key={criterion.id}
      drawing={
        active === null && criterion.outcome !== 'failed'
          ? { regions: criterion.regions, bands: [] }
          : drawingOf(criterion, size)
      }
      size={size}
      scale={scale}
      outcome={criterion.outcome === 'passed' || criterion.outcome === 'failed' ? criterion.outcome : 'open'}
    />
  ))
}
