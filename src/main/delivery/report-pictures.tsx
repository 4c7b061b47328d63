import type { Region } from '../../domain/criterion.ts'
import type { Size } from '../../domain/geometry.ts'
import type { Judgement } from '../../domain/judgement.ts'

/** A picture ready to be shown: a data URI or a relative address, and the pixels its regions are measured in. */
export interface ShownPicture {
  readonly src: string
  readonly size: Size
}

function RegionShape({ region }: { readonly region: Region }) {
  switch (region.shape) {
    case 'box':
      return (
        <rect
          className="region"
          x={region.box.x}
          y={region.box.y}
          width={region.box.width}
          height={region.box.height}
        />
      )
    case 'line':
      return <line className="region" x1={region.from.x} y1={region.from.y} x2={region.to.x} y2={region.to.y} />
    case 'points':
      return <polyline className="region" points={region.points.map((point) => `${point.x},${point.y}`).join(' ')} />
  }
}

/** The picture with what failed drawn on it. */
export function PictureFrame(props: {
  readonly picture: ShownPicture | undefined
  readonly alt: string
  readonly judgement?: Judgement | null
}) {
  const { picture, alt, judgement } = props
  if (!picture) return <p className="quiet">No picture</p>
  const regions = (judgement?.ledger ?? [])
    .filter((criterion) => criterion.outcome === 'failed')
    .flatMap((criterion) => criterion.regions)
  const { width, height } = picture.size
  return (
    <span className="frame">
      <img src={picture.src} alt={alt} width={width} height={height} />
      {regions.length > 0 && (
        <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
          {regions.map((region) => (
            <RegionShape key={JSON.stringify(region)} region={region} />
          ))}
        </svg>
      )}
    </span>
  )
}
