import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react'
import type { ProofingMark, ProofingPicture } from '../../domain/delivery/proofing-page.ts'
import { type ChangeMark, FlagButtons, StarButtons } from './mark-controls.tsx'

interface LargeViewProps {
  readonly picture: ProofingPicture
  /** e.g. "3 of 12" */
  readonly position: string
  readonly mark: ProofingMark
  readonly onChange: ChangeMark
  readonly onStep: (by: 1 | -1) => void
  readonly onClose: () => void
}

/** A finger that moves further than this across, pixels, turns to the next picture. */
const SWIPE = 50

/** One picture as large as the window lets it be, with everything one can say of it. */
export function LargeView({ picture, position, mark, onChange, onStep, onClose }: LargeViewProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const comment = useRef<HTMLTextAreaElement>(null)
  const [zoomed, setZoomed] = useState(false)
  const [from, setFrom] = useState<{ x: number; y: number } | null>(null)
  const subject = `${picture.number}, ${picture.name}`

  useEffect(() => dialog.current?.showModal(), [])

  function actionOf(key: string): (() => void) | undefined {
    if (/^[0-5]$/.test(key)) return () => onChange({ stars: Number(key) })
    switch (key) {
      case 'arrowright':
        return () => onStep(1)
      case 'arrowleft':
        return () => onStep(-1)
      case 'p':
        return () => onChange({ flag: 'pick' })
      case 'x':
        return () => onChange({ flag: 'reject' })
      case 'u':
        return () => onChange({ flag: 'none' })
      case 'z':
        return () => setZoomed((now) => !now)
      case 'c':
        return () => comment.current?.focus()
      default:
        return undefined
    }
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.target === comment.current || event.ctrlKey || event.metaKey || event.altKey) return
    const act = actionOf(event.key.toLowerCase())
    if (!act) return
    event.preventDefault()
    act()
  }

  function onPointerUp(event: PointerEvent) {
    if (!from || zoomed) return
    const [across, down] = [event.clientX - from.x, event.clientY - from.y]
    if (Math.abs(across) > SWIPE && Math.abs(across) > 2 * Math.abs(down)) onStep(across < 0 ? 1 : -1)
    setFrom(null)
  }

  return (
    <dialog ref={dialog} className="large" aria-label={`Picture ${subject}`} onClose={onClose} onKeyDown={onKeyDown}>
      <header>
        <strong>
          {picture.number} <span className="quiet">{picture.name}</span>
        </strong>
        <span className="quiet" aria-live="polite">
          {position}
        </span>
        <button type="button" aria-pressed={zoomed} onClick={() => setZoomed(!zoomed)} title="Full size (Z)">
          {zoomed ? 'Fit' : '100 %'}
        </button>
        <button type="button" onClick={() => dialog.current?.close()} title="Back to all (Escape)">
          Close
        </button>
      </header>
      <div
        className={zoomed ? 'stage zoomed' : 'stage'}
        onPointerDown={(event) => setFrom({ x: event.clientX, y: event.clientY })}
        onPointerUp={onPointerUp}
        onPointerCancel={() => setFrom(null)}
      >
        <img
          key={picture.src}
          src={picture.src}
          alt={`${picture.number}, ${picture.name}`}
          width={picture.width}
          height={picture.height}
          draggable={false}
        />
      </div>
      <footer>
        <button
          type="button"
          className="step"
          onClick={() => onStep(-1)}
          aria-label="Previous picture"
          title="Previous (←)"
        >
          ‹
        </button>
        <FlagButtons subject={subject} mark={mark} onChange={onChange} />
        <StarButtons subject={subject} mark={mark} onChange={onChange} />
        <label className="comment">
          <span className="unseen">Comment on {subject}</span>
          <textarea
            ref={comment}
            rows={1}
            maxLength={2000}
            placeholder="Comment"
            value={mark.comment}
            onChange={(event) => onChange({ comment: event.target.value })}
          />
        </label>
        <button type="button" className="step" onClick={() => onStep(1)} aria-label="Next picture" title="Next (→)">
          ›
        </button>
      </footer>
    </dialog>
  )
}
