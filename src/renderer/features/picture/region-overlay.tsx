import type { Region } from '../../../domain/criterion.ts'
import type { Size } from '../../../domain/geometry.ts'
import type { Drawing } from './drawn-regions.ts'
import './picture.css'

interface RegionOverlayProps {
  readonly drawing: Drawing
  /** Of the picture; the drawing is in its pixels. */
  readonly size: Size
  /** CSS pixels for one pixel of the picture. */
  readonly scale: number
  readonly outcome?: 'passed' | 'failed' | 'open'
}

/** Points closer together than this on the screen become one mark, CSS px. */
const DOT = 3

/** Draws what was measured over the picture: lines twice, dark below light, so that they show on any picture. */
export function RegionOverlay({ drawing, size, scale, outcome = 'open' }: RegionOverlayProps) {
  return (
    <svg className="overlay" viewBox={`0 0 ${size.width} ${size.height}`} data-outcome={outcome} aria-hidden="true">
      {drawing.bands.map((band) => (
        <rect key={`${band.x} ${band.y}`} className="overlay-band" {...band} />
      ))}
      {['overlay-under', 'overlay-line'].map((layer) => (
        <g key={layer} className={layer}>
          {drawing.regions.map((region) => (
            <RegionShape key={keyOf(region)} region={region} scale={scale} />
          ))}
        </g>
      ))}
    </svg>
  )
}

/** Where it lies: of two in the same place one is enough. */
function keyOf(region: Region): string {
  switch (region.shape) {
    case 'box':
      return Object.values(region.box).join(' ')
    case 'line':
      return [region.from, region.to].map(({ x, y }) => `${x} ${y}`).join(' to ')
    case 'points':
      return region.points.map(({ x, y }) => `${x} ${y}`).join(', ')
  }
}

function RegionShape({ region, scale }: { readonly region: Region; readonly scale: number }) {
  switch (region.shape) {
    case 'box':
      return <rect {...region.box} />
    case 'line':
      return <line x1={region.from.x} y1={region.from.y} x2={region.to.x} y2={region.to.y} />
    case 'points': {
      const dots = region.points.map(({ x, y }) => `M${x} ${y}h0`).join('')
      return <path d={dots} strokeWidth={DOT} data-dots="" style={{ strokeWidth: DOT + (scale > 1 ? 1 : 0) }} />
    }
  }
}
