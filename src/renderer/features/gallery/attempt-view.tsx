import { ArrowLeft, ChevronLeft, ChevronRight } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { JobDetail } from '../../../contract/studio/job-calls.ts'
import type { CriterionId } from '../../../domain/criterion.ts'
import { isEnded } from '../../../domain/job.ts'
import { useWork } from '../../state/mirror-context.ts'
import { useView } from '../../state/view.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { ErrorBox } from '../../ui/states.tsx'
import { useZoom } from '../picture/use-zoom.ts'
import { AttemptColumn } from './attempt-column.tsx'
import { JobSentence } from './job-sentence.tsx'
import { chosenPicture, picturesOf } from './pictures-of-job.ts'
import { RunningColumn } from './running-column.tsx'
import './gallery.css'

interface AttemptViewProps {
  readonly job: JobDetail
  readonly active: CriterionId | null
  readonly onActive: (id: CriterionId | null) => void
  readonly onStep: (by: number) => boolean
}

/** A job, attempt by attempt, the reference first. All pictures are looked at through one zoom. */
export function AttemptView({ job, active, onActive, onStep }: AttemptViewProps) {
  const { t } = useTranslation('gallery')
  const { picture, setSingle } = useView()
  const progress = useWork((work) => work.progress.get(job._id))
  const [zoom, setZoom] = useZoom(job._id)
  const pictures = picturesOf(job)
  const current = chosenPicture(pictures, picture)
  const columns = pictures.filter(
    (each) => each.choice === 'reference' || (each.choice !== 'delivered' && each.picture)
  )
  const made = columns.filter((each) => typeof each.choice === 'number' && each.picture !== null)
  // What is judged or mended has its picture already: its steps stand below it.
  const atWorkOn = made.find((each) => each.choice === progress?.attempt)?.choice
  const running = !isEnded(job.status) && atWorkOn === undefined
  const scroll = useRef<HTMLDivElement>(null)
  const attempts = job.attempts.length
  const seen = useRef(0)
  // A new attempt is brought into sight.
  useEffect(() => {
    if (attempts === seen.current) return
    seen.current = attempts
    scroll.current?.scrollTo({ left: scroll.current.scrollWidth })
  }, [attempts])
  return (
    <>
      <div className="stage-bar">
        <Button kind="quiet" onClick={() => setSingle(false)}>
          <ArrowLeft aria-hidden /> {t('backToGrid')}
        </Button>
        <IconButton icon={ChevronLeft} label={t('previous')} command="previous" onClick={() => onStep(-1)} />
        <IconButton icon={ChevronRight} label={t('next')} command="next" onClick={() => onStep(1)} />
        <JobSentence job={job} />
      </div>
      {job.waiting && <ErrorBox error={job.waiting.error} />}
      {job.error && <ErrorBox error={job.error} />}
      <div className="attempts" ref={scroll} data-columns={Math.min(4, columns.length + (running ? 1 : 0))}>
        {columns.map((each) => (
          <AttemptColumn
            key={each.choice}
            job={job}
            shown={
              // What was delivered stands in the column of its attempt, at its own size.
              current?.choice === 'delivered' && each.delivered
                ? { ...each, picture: current.picture, judgement: current.judgement }
                : each
            }
            current={each.choice === current?.choice || (current?.choice === 'delivered' && each.delivered)}
            zoom={zoom}
            onZoom={setZoom}
            active={active}
            onActive={onActive}
            progress={each.choice === atWorkOn ? progress : undefined}
          />
        ))}
        {running && <RunningColumn progress={progress} number={progress?.attempt ?? made.length + 1} />}
      </div>
    </>
  )
}
