import type { ProofingMark } from '../../domain/delivery/proofing-page.ts'

export type ChangeMark = (change: Partial<ProofingMark>) => void

interface MarkControlsProps {
  /** What is marked, for those who cannot see it. */
  readonly subject: string
  readonly mark: ProofingMark
  readonly onChange: ChangeMark
}

/** Favourite and reject: pressing one that is pressed takes it back. */
export function FlagButtons({ subject, mark, onChange }: MarkControlsProps) {
  const toggle = (flag: 'pick' | 'reject') => () => onChange({ flag: mark.flag === flag ? 'none' : flag })
  return (
    <span className="flags">
      <button
        type="button"
        className="flag pick"
        aria-pressed={mark.flag === 'pick'}
        aria-label={`Favourite: ${subject}`}
        title="Favourite (P)"
        onClick={toggle('pick')}
      >
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M12 20.3 4.3 12.7a4.9 4.9 0 0 1 6.9-6.9l.8.8.8-.8a4.9 4.9 0 0 1 6.9 6.9Z" />
        </svg>
      </button>
      <button
        type="button"
        className="flag reject"
        aria-pressed={mark.flag === 'reject'}
        aria-label={`Not this one: ${subject}`}
        title="Not this one (X)"
        onClick={toggle('reject')}
      >
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="m5.5 5.5 13 13m0-13-13 13" />
        </svg>
      </button>
    </span>
  )
}

const STARS = [1, 2, 3, 4, 5] as const

export function StarButtons({ subject, mark, onChange }: MarkControlsProps) {
  return (
    <fieldset className="stars">
      <legend className="unseen">Stars for {subject}</legend>
      {STARS.map((stars) => (
        <button
          type="button"
          key={stars}
          aria-pressed={mark.stars === stars}
          aria-label={stars === 1 ? '1 star' : `${stars} stars`}
          title={`${stars} (key ${stars})`}
          onClick={() => onChange({ stars: mark.stars === stars ? 0 : stars })}
        >
          {mark.stars >= stars ? '★' : '☆'}
        </button>
      ))}
    </fieldset>
  )
}
