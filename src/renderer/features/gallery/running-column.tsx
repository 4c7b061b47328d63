import { useTranslation } from 'react-i18next'
import type { JobProgressEvent } from '../../../contract/studio/events.ts'
import { useFormat } from '../../language/format.ts'
import { usePictures } from '../../state/mirror-context.ts'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import './gallery.css'

interface RunningColumnProps {
  readonly progress: JobProgressEvent | undefined
  /** Of the attempt that is being made. */
  readonly number: number
}

/** Steps in the order a job goes through them. */
const STEPS = ['inspect', 'brief', 'generate', 'judge', 'tune', 'finish', 'report'] as const

/** The attempt that is being made: where it is, how long it will take, and what is known of it already. */
export function RunningColumn({ progress, number }: RunningColumnProps) {
  const { t } = useTranslation(['gallery', 'studio'])
  const { duration } = useFormat()
  const { address } = usePictures()
  return (
    <section className="attempt" aria-label={t('attempt', { number })} aria-busy="true">
      <div className="attempt-head">
        <h3>{t('attempt', { number })}</h3>
        <span className="quiet">
          {progress?.leftMs != null && t('studio:timeLeft', { time: duration(progress.leftMs) })}
        </span>
      </div>
      <div className="attempt-picture">
        <div className="pane running-pane">
          {progress?.preview ? (
            <img src={address({ kind: 'swatch', key: progress.preview })} alt={t('forming')} />
          ) : (
            <div className="skeleton running-skeleton" />
          )}
        </div>
      </div>
      <div className="attempt-words">
        <RunningSteps progress={progress} />
      </div>
    </section>
  )
}

/** Where a job is in its steps. */
export function RunningSteps({ progress }: { readonly progress: JobProgressEvent | undefined }) {
  const { t } = useTranslation('gallery')
  const at = progress ? STEPS.indexOf(progress.step) : -1
  return (
    <>
      <ProgressBar
        label={t('jobProgress')}
        value={progress && progress.done > 0 ? progress.done / progress.total : null}
      />
      <ol className="steps">
        {STEPS.slice(0, 4).map((step, index) => (
          <li key={step} aria-current={index === at ? 'step' : undefined} data-done={index < at}>
            <span className="mark" data-outcome={index < at ? 'passed' : 'open'} aria-hidden>
              {index < at ? '✓' : index === at ? '▸' : '–'}
            </span>
            {t(`step.${step}`)}
            {index === at && progress && progress.total > 1 && ` ${progress.done}/${progress.total}`}
          </li>
        ))}
        {at > 3 && progress && (
          <li aria-current="step">
            <span className="mark" aria-hidden>
              ▸
            </span>
            {t(`step.${progress.step}`)}
          </li>
        )}
      </ol>
      {progress?.activity && <p className="quiet">{progress.activity}</p>}
    </>
  )
}
