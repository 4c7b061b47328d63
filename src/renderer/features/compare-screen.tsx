import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CriterionId } from '../../domain/criterion.ts'
import { type Rating, UNRATED } from '../../domain/rating.ts'
import { Section } from '../frame/section.tsx'
import { Workspace } from '../frame/workspace.tsx'
import { useCommand } from '../keys/use-command.ts'
import { usePictures } from '../state/mirror-context.ts'
import { useJobs } from '../state/use-jobs.ts'
import { useView } from '../state/view.ts'
import { Button } from '../ui/button.tsx'
import { Picture } from '../ui/picture.tsx'
import { Empty } from '../ui/states.tsx'
import { type Candidate, candidatesOf, firstPanes } from './compare/candidates.ts'
import { CompareBar, type Way } from './compare/compare-bar.tsx'
import { ComparedLedger } from './compare/compared-ledger.tsx'
import { LayeredPictures } from './compare/layered-pictures.tsx'
import { BriefDiff } from './gallery/brief-diff.tsx'
import { ComparisonLine } from './gallery/comparison-line.tsx'
import { Measurements } from './gallery/measurements.tsx'
import { nameKey } from './gallery/pictures-of-job.ts'
import { RatingEditor } from './gallery/rating-editor.tsx'
import { useJobActions } from './gallery/use-job-actions.ts'
import { useRatingKeys } from './gallery/use-rating-keys.ts'
import { useZoom } from './picture/use-zoom.ts'
import { ZoomablePicture } from './picture/zoomable-picture.tsx'
import './gallery/gallery.css'
import './compare/compare.css'

/** As many jobs as are compared at once. */
const MOST_JOBS = 4
/** Panes keep their place when another picture comes into them. */
const PLACES = ['first', 'second', 'third', 'fourth']
const PANES: Readonly<Record<Way, number>> = { two: 2, four: 4, slider: 2, blink: 2, difference: 2 }

/** Pictures side by side, or one in the place of the other. */
export function CompareScreen() {
  const { t } = useTranslation(['compare', 'criteria', 'gallery', 'studio'])
  const { selected, setMode } = useView()
  const jobs = useJobs(selected.slice(0, MOST_JOBS))
  const candidates = candidatesOf(jobs)
  if (candidates.length < 2) {
    return (
      <Workspace left={<p className="section quiet">{t('nothing')}</p>} right={null}>
        <Empty
          title={t('empty')}
          actions={<Button onClick={() => setMode('gallery')}>{t('studio:mode.gallery')}</Button>}
        >
          <p>{t('emptyHint')}</p>
        </Empty>
      </Workspace>
    )
  }
  return <Comparison key={selected.join()} candidates={candidates} several={jobs.length > 1} />
}

interface ComparisonProps {
  readonly candidates: readonly Candidate[]
  readonly several: boolean
}

function Comparison({ candidates, several }: ComparisonProps) {
  const { t } = useTranslation(['compare', 'criteria', 'gallery', 'studio'])
  const actions = useJobActions()
  const { thumbnail } = usePictures()
  const [way, setWay] = useState<Way>(several && candidates.length > 2 ? 'four' : 'two')
  const [keys, setKeys] = useState<readonly string[]>(() => firstPanes(candidates, 4))
  const [at, setAt] = useState(1)
  const [blinking, setBlinking] = useState(false)
  const [active, setActive] = useState<CriterionId | null>(null)
  const [zoom, setZoom] = useZoom('compare')
  const titleOf = ({ job, choice }: Candidate) => {
    const name = job.references[0]?.name ?? ''
    if (several) return name
    return typeof choice === 'number' ? t('gallery:attempt', { number: choice }) : t(`gallery:${nameKey(job, choice)}`)
  }
  const panes = keys.slice(0, PANES[way]).flatMap((key) => candidates.find((candidate) => candidate.key === key) ?? [])
  const position = Math.min(at, panes.length - 1)
  const chosen = panes[position]
  const choose =
    chosen && typeof chosen.choice === 'number'
      ? () => void actions.chooseFinal(chosen.job._id, Number(chosen.choice))
      : null
  const put = (key: string) => {
    const next = [...keys]
    next[position] = key
    setKeys(next)
  }
  const step = (by: number) => {
    const index = candidates.findIndex((candidate) => candidate.key === chosen?.key)
    const next = candidates[(index + by + candidates.length) % candidates.length]
    if (next) put(next.key)
  }
  useCommand('choose-final', () => (choose ? choose() : false))
  useCommand('previous', () => step(-1))
  useCommand('next', () => step(1))
  useCommand('blink', () => setBlinking(true), { onRelease: () => setBlinking(false) })
  useCommand('before-after', () => {
    const reference = candidates.find(({ choice, job }) => choice === 'reference' && job === chosen?.job)
    if (!reference || !chosen) return false
    setKeys([reference.key, chosen.key, ...keys.slice(2)])
    setWay(way === 'slider' ? 'two' : 'slider')
    return true
  })
  const [first, second] = panes
  const titles = panes.map(titleOf)

  return (
    <Workspace
      left={
        <>
          <Section title={t('pictures')}>
            <p className="quiet">{t('picturesHint')}</p>
          </Section>
          {chosen && <ChosenPicture chosen={chosen} title={titleOf(chosen)} />}
        </>
      }
      right={
        <Section title={t('criteria:ledger')}>
          <ComparedLedger panes={panes} titles={titles} active={active} onActive={setActive} />
        </Section>
      }
      filmstrip={
        <ul className="job-strip">
          {candidates.map((candidate) => (
            <li key={candidate.key}>
              <button
                type="button"
                className="strip-picture"
                aria-current={candidate.key === chosen?.key}
                onClick={() => put(candidate.key)}
              >
                <Picture src={thumbnail(candidate.picture.artifact, 160)} alt="" />
                <span className="strip-name">{titleOf(candidate)}</span>
              </button>
            </li>
          ))}
        </ul>
      }
    >
      <CompareBar way={way} onWay={setWay} zoom={zoom} onZoom={setZoom} onChoose={choose} />
      {(way === 'two' || way === 'four') && (
        <div className="compare-panes" data-way={way}>
          {panes.map((pane, index) => (
            <section key={PLACES[index]} className="compare-pane" data-active={index === position}>
              <button type="button" aria-pressed={index === position} onClick={() => setAt(index)}>
                <h3 className="one-line">{titles[index]}</h3>
                {pane.judgement && (
                  <span className="mark" data-outcome={pane.judgement.passed ? 'passed' : 'failed'}>
                    {pane.judgement.passed ? '✓' : '✕'}
                  </span>
                )}
              </button>
              <ZoomablePicture
                picture={pane.picture}
                alt={titles[index] ?? ''}
                zoom={zoom}
                onZoom={setZoom}
                over={(scale) =>
                  pane.judgement && (
                    <Measurements
                      ledger={pane.judgement.ledger}
                      active={active}
                      size={pane.picture.size}
                      scale={scale}
                    />
                  )
                }
              />
            </section>
          ))}
        </div>
      )}
      {way !== 'two' && way !== 'four' && first && second && (
        <LayeredPictures
          how={way}
          first={first}
          second={second}
          titles={[titles[0] ?? '', titles[1] ?? '']}
          blinking={blinking}
          zoom={zoom}
          onZoom={setZoom}
        />
      )}
    </Workspace>
  )
}

/** What the photographer thinks of the chosen picture, and what it was asked for. */
function ChosenPicture({ chosen, title }: { readonly chosen: Candidate; readonly title: string }) {
  const { t } = useTranslation(['gallery', 'criteria', 'studio'])
  const actions = useJobActions()
  const { job, choice } = chosen
  const attempt = typeof choice === 'number' ? choice : undefined
  const rating = attempt === undefined ? job.rating : (job.attemptRatings[String(attempt)] ?? UNRATED)
  const rate = (change: Partial<Rating>) => void actions.rate([job._id], change, attempt)
  useRatingKeys(choice === 'reference' ? null : rating, rate)
  const brief = attempt === undefined ? undefined : job.attempts[attempt - 1]?.brief
  const before = attempt === undefined ? undefined : job.attempts[attempt - 2]?.brief
  return (
    <>
      {choice !== 'reference' && (
        <Section title={title}>
          <RatingEditor rating={rating} onChange={rate} />
          {attempt !== undefined && <ComparisonLine attempt={job.attempts[attempt - 1]} />}
        </Section>
      )}
      {brief && (
        <Section title={t('brief')}>
          <BriefDiff brief={brief} before={before ?? null} />
        </Section>
      )}
    </>
  )
}
