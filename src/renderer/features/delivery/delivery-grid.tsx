import { Download } from 'lucide-react'
import type { DragEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { stemOf } from '../../../domain/delivery/file-name.ts'
import type { JobSummary } from '../../../domain/job.ts'
import { useClient, useOnDesktop, usePictures } from '../../state/mirror-context.ts'
import { Mark } from '../../ui/mark.tsx'
import { Picture } from '../../ui/picture.tsx'
import { useEqualItems } from '../../ui/use-equal-items.ts'
import { CAPTION, GAP, gridGeometry } from '../gallery/grid-geometry.ts'
import { thumbnailEdge } from '../gallery/thumbnail-edge.ts'
import { useSize } from '../picture/use-size.ts'
import '../gallery/gallery.css'
import './delivery.css'

interface DeliveryGridProps {
  readonly jobs: readonly JobSummary[]
  readonly names: readonly string[]
}

/** What will be delivered, each with the name its file gets; a picture can be dragged into another program. */
export function DeliveryGrid({ jobs, names }: DeliveryGridProps) {
  const { t } = useTranslation('delivery')
  const client = useClient()
  const onDesktop = useOnDesktop()
  const { thumbnail, address } = usePictures()
  const [scroll, size] = useSize<HTMLDivElement>()
  const { columns, cell } = gridGeometry(size?.width ?? 800)
  const rows = useEqualItems({
    count: Math.ceil(jobs.length / columns),
    itemSize: cell + CAPTION + GAP,
    scroll,
    overscan: 2,
    paddingStart: GAP
  })
  const prepare = (jobId: string) =>
    void client.call('delivery.prepareDrag', { items: [{ jobId }] }).catch(() => undefined)
  const drag = (event: DragEvent, jobId: string) => {
    event.preventDefault()
    void client.call('delivery.startDrag', { items: [{ jobId }] }).catch(() => undefined)
  }
  return (
    <div ref={scroll} className="job-grid">
      <ul style={{ position: 'relative', height: rows.getTotalSize() }} aria-label={t('pictures')}>
        {rows.getVirtualItems().flatMap((row) =>
          jobs.slice(row.index * columns, (row.index + 1) * columns).map((job, column) => {
            const index = row.index * columns + column
            return (
              <li
                key={job._id}
                className="job-cell delivery-cell"
                style={{ width: cell, transform: `translate(${GAP + column * (cell + GAP)}px, ${row.start}px)` }}
                draggable={onDesktop}
                onPointerEnter={onDesktop ? () => prepare(job._id) : undefined}
                onDragStart={(event) => drag(event, job._id)}
              >
                <div className="cell-picture" style={{ height: cell }}>
                  {job.cover && (
                    <Picture
                      className="cell-cover"
                      src={thumbnail(job.cover, thumbnailEdge(cell, devicePixelRatio))}
                      alt={job.name}
                    />
                  )}
                </div>
                <div className="cell-caption">
                  <span className="cell-line">
                    <Mark outcome={job.coverKind === 'final' ? 'passed' : 'failed'} />
                    <bdi className="one-line">{job.name}</bdi>
                    {!onDesktop && job.cover && (
                      <a
                        className="button"
                        data-kind="quiet"
                        href={address({ kind: 'artifact', id: job.cover })}
                        download={`${stemOf(job.name)}.png`}
                        aria-label={t('downloadOne', { name: job.name })}
                      >
                        <Download aria-hidden />
                      </a>
                    )}
                  </span>
                  <bdi className="one-line quiet" style={{ display: 'block' }} title={names[index]}>
                    {names[index] ?? ''}
                  </bdi>
                </div>
              </li>
            )
          })
        )}
      </ul>
    </div>
  )
}
