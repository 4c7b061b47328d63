import { type KeyboardEvent, type MouseEvent, useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useGallery, useMirror } from '../../state/mirror-context.ts'
import { useView } from '../../state/view.ts'
import { useEqualItems } from '../../ui/use-equal-items.ts'
import { useSize } from '../picture/use-size.ts'
import { GAP, gridGeometry, nextCell } from './grid-geometry.ts'
import { JobCell } from './job-cell.tsx'
import { select } from './selection.ts'
import './gallery.css'

interface JobGridProps {
  /** Of the whole list, read or not. */
  readonly total: number
  readonly onOpen: (jobId: string) => void
}

const cellId = (at: number) => `cell-${at}`

/** The cell below the pointer; null between cells and where its job is still to be read. */
function cellAt({ target }: MouseEvent): number | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-cell]') : null
  return cell ? Number(cell.dataset.cell) : null
}

/** All jobs as pictures. Only the rows in sight exist, and pages are read as they come into sight. */
export function JobGrid({ total, onOpen }: JobGridProps) {
  const { t } = useTranslation('gallery')
  const { gallery } = useMirror()
  const jobs = useGallery((list) => list.jobs)
  const { jobId, selected } = useView()
  const chosen = useMemo(() => new Set(selected), [selected])
  const [scroll, size] = useSize<HTMLDivElement>()
  const { columns, cell, rowHeight } = gridGeometry(size?.width ?? 800)
  const count = Math.max(total, jobs.length)
  const rows = useEqualItems({
    count: Math.ceil(count / columns),
    itemSize: rowHeight,
    scroll,
    overscan: 3,
    paddingStart: GAP
  })
  const items = rows.getVirtualItems()
  const lastRow = items.at(-1)?.index ?? 0
  useEffect(() => {
    void gallery.loadTo((lastRow + 2) * columns)
  }, [gallery, lastRow, columns])

  const at = jobs.findIndex((job) => job._id === jobId)
  const shown = useRef(jobId)
  useEffect(() => {
    if (shown.current === jobId || at < 0) return
    shown.current = jobId
    rows.scrollToIndex(Math.floor(at / columns))
  }, [rows, at, columns, jobId])

  const choose = (to: number, extend: boolean, toggle: boolean) => {
    const view = useView.getState()
    const ids = jobs.map((job) => job._id)
    const next = select({ selected: view.selected, current: view.jobId }, { ids, at: to, extend, toggle })
    if (next) view.select(next.selected, next.current)
  }
  const key = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && jobId !== null) {
      event.preventDefault()
      onOpen(jobId)
      return
    }
    const page = Math.max(1, Math.floor((size?.height ?? rowHeight) / rowHeight))
    const to = nextCell(event.key, Math.max(0, at), jobs.length, columns, page)
    if (to === null || event.altKey || event.metaKey || event.ctrlKey) return
    event.preventDefault()
    choose(at < 0 ? 0 : to, event.shiftKey, false)
  }
  const click = (event: MouseEvent) => {
    const to = cellAt(event)
    if (to !== null) choose(to, event.shiftKey, event.ctrlKey || event.metaKey)
  }
  const open = (event: MouseEvent) => {
    const job = jobs[cellAt(event) ?? -1]
    if (job) onOpen(job._id)
  }
  // The list keeps the focus and names the active cell: a cell may leave the page while the list is scrolled.
  const press = (event: MouseEvent) => {
    if (cellAt(event) === null) return
    event.preventDefault()
    scroll.current?.focus({ preventScroll: true })
  }

  return (
    <div
      ref={scroll}
      className="job-grid"
      role="listbox"
      aria-label={t('jobs')}
      aria-multiselectable
      aria-activedescendant={at >= 0 ? cellId(at) : undefined}
      tabIndex={0}
      onKeyDown={key}
      onMouseDown={press}
      onClick={click}
      onDoubleClick={open}
    >
      <div role="presentation" style={{ position: 'relative', height: rows.getTotalSize() }}>
        {items.map((row) => (
          <div
            key={row.key}
            role="presentation"
            className="job-row"
            style={{ transform: `translateY(${row.start}px)`, height: rowHeight }}
          >
            {Array.from({ length: Math.min(columns, count - row.index * columns) }, (_, column) => {
              const index = row.index * columns + column
              const job = jobs[index]
              return job ? (
                <div
                  key={job._id}
                  id={cellId(index)}
                  role="option"
                  tabIndex={-1}
                  data-cell={index}
                  aria-selected={chosen.has(job._id)}
                  aria-label={`${job.name}, ${t(`status.${job.status}`)}`}
                  aria-setsize={count}
                  aria-posinset={index + 1}
                  data-current={job._id === jobId}
                  className="job-cell"
                  style={{ width: cell }}
                >
                  <JobCell job={job} size={cell} />
                </div>
              ) : (
                <div key={`to come ${index}`} role="presentation" className="job-cell" style={{ width: cell }}>
                  <div className="skeleton" style={{ height: cell }} />
                </div>
              )
            })}
          </div>
        ))}
      </div>
    </div>
  )
}
