import { FileDown } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { JobDetail } from '../../../contract/studio/job-calls.ts'
import { failedCriteria } from '../../../domain/judgement.ts'
import { OWN_BACKDROP } from '../../../domain/parameters/background.ts'
import { PARAMETER_NAMES } from '../../../domain/parameters/parameters.ts'
import type { Report } from '../../../domain/report.ts'
import { authorInWords } from '../../../domain/reporting/report-author.ts'
import { useTold } from '../../language/told.ts'
import { useJob, useMirror, usePictures } from '../../state/mirror-context.ts'
import { useDoing } from '../../state/use-doing.ts'
import { useView } from '../../state/view.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorBox } from '../../ui/states.tsx'
import { useWritten } from '../delivery/use-written.ts'
import { ComparisonLine } from '../gallery/comparison-line.tsx'
import { useJobActions } from '../gallery/use-job-actions.ts'
import { useCriterionWords } from '../ledger/use-criterion-words.ts'
import { useChoiceWords } from '../parameters/use-choice-words.ts'
import { useReorder } from '../parameters/use-reorder.ts'
import { stagePicture, stageReference } from '../picture/stage-picture.ts'
import { CriterionChart } from './criterion-chart.tsx'
import { FailureCrop } from './failure-crop.tsx'
import './report.css'

/** The account of a job: what was tried, what failed with proof, what to change. */
export function ReportSheet({ jobId, onClose }: { readonly jobId: string; readonly onClose: () => void }) {
  const { t } = useTranslation(['report', 'gallery', 'parameters'])
  const detail = useJob(jobId)
  const job = detail?.job ?? null
  return (
    <Dialog
      open
      width={960}
      title={t('title', { name: job?.references[0]?.name ?? '' })}
      onClose={onClose}
      footer={job?.report && <ReportFooter job={job} />}
    >
      {detail?.state === 'failed' && <ErrorBox error={detail.error} />}
      {detail?.state === 'loading' && <div className="skeleton report-skeleton" />}
      {job?.report && <ReportBody job={job} report={job.report} onClose={onClose} />}
      {job && !job.report && <p className="quiet">{t('none')}</p>}
    </Dialog>
  )
}

function ReportFooter({ job }: { readonly job: JobDetail }) {
  const { t } = useTranslation(['report', 'gallery', 'parameters'])
  const { client } = useMirror()
  const doing = useDoing()
  const written = useWritten()
  const write = (format: 'pdf' | 'html') =>
    doing(async () => {
      const name = `${job.references[0]?.name ?? 'report'}.${format}`
      const { path } = await client.call('dialogs.saveFile', { title: t('saveTitle'), name, of: format })
      if (path === null) return
      const report = await client.call('delivery.report', { jobId: job._id, format, path })
      await written(t('saved'), report.path)
    })
  return (
    <>
      <Button onClick={() => void write('html')}>
        <FileDown aria-hidden /> {t('saveHtml')}
      </Button>
      <Button onClick={() => void write('pdf')}>
        <FileDown aria-hidden /> {t('savePdf')}
      </Button>
    </>
  )
}

interface ReportBodyProps {
  readonly job: JobDetail
  readonly report: Report
  readonly onClose: () => void
}

function ReportBody({ job, report, onClose }: ReportBodyProps) {
  const { t } = useTranslation(['report', 'gallery', 'parameters'])
  const { address, thumbnail } = usePictures()
  const words = useChoiceWords()
  const criterion = useCriterionWords()
  const say = useTold()
  const shown = job.final ?? job.best
  const reference = stageReference(job.references[0])
  const failing = new Set(
    job.attempts.flatMap(({ judgement }) => (judgement ? failedCriteria(judgement).map(({ id }) => id) : []))
  )
  const best = shown && { picture: stagePicture(shown.picture), failed: failedCriteria(shown.judgement) }
  return (
    <article className="report selectable">
      <p className="report-summary">{say(report.summary)}</p>
      <p className="quiet">{say(authorInWords(report))}</p>
      <div className="report-pair">
        {reference && (
          <figure>
            <img src={address(reference.media)} alt={t('gallery:reference')} />
            <figcaption className="quiet">{t('gallery:reference')}</figcaption>
          </figure>
        )}
        {job.backdrop && (
          <figure>
            <img src={thumbnail(job.backdrop.artifact, 640)} alt={words('background', OWN_BACKDROP)} />
            <figcaption className="quiet">
              {words('background', OWN_BACKDROP)} · {job.backdrop.name}
            </figcaption>
          </figure>
        )}
        {shown && best && (
          <figure>
            <img src={address(best.picture.media)} alt={t(job.final ? 'gallery:delivered' : 'best')} />
            <figcaption className="quiet">
              {t(job.final ? 'gallery:delivered' : 'best')} · {t('gallery:attempt', { number: shown.attempt })}
            </figcaption>
          </figure>
        )}
      </div>
      <WhatToChange job={job} report={report} onClose={onClose} />
      {failing.size > 0 && (
        <section>
          <h2>{t('measured')}</h2>
          <div className="charts">
            {[...failing].map((id) => (
              <CriterionChart
                key={id}
                values={job.attempts.map(({ judgement }) => judgement?.ledger.find((row) => row.id === id) ?? null)}
              />
            ))}
          </div>
        </section>
      )}
      {best?.failed.some(({ regions }) => regions.length > 0) && (
        <section>
          <h2>{t('whatFailed')}</h2>
          <div className="crops">
            {best.failed.map((row) => (
              <FailureCrop key={row.id} picture={best.picture} criterion={row} />
            ))}
          </div>
        </section>
      )}
      {report.rootCauses.length > 0 && (
        <section>
          <h2>{t('causes')}</h2>
          <ul className="report-list">
            {report.rootCauses.map(({ criteria, cause }) => (
              <li key={cause}>
                {say(cause)} <span className="quiet">{criteria.map(criterion.name).join(', ')}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h2>{t('tried')}</h2>
        <ol className="report-list">
          {report.attempts.map(({ attempt, analysis }) => (
            <li key={attempt}>
              <strong>{t('gallery:attempt', { number: attempt })}</strong> {say(analysis)}
              <ComparisonLine attempt={job.attempts[attempt - 1]} />
            </li>
          ))}
        </ol>
      </section>
    </article>
  )
}

function WhatToChange({ job, report, onClose }: ReportBodyProps) {
  const { t } = useTranslation(['report', 'gallery', 'parameters'])
  const actions = useJobActions()
  const reorder = useReorder()
  const say = useTold()
  const words = useChoiceWords()
  const { showJob, setSingle, setMode } = useView()
  if (report.recommendations.length === 0) return null
  const again = async (parameters: Readonly<Record<string, string>>) => {
    const id = await actions.duplicate(job._id, parameters)
    if (id === undefined) return
    showJob(id)
    setSingle(true)
    setMode('gallery')
    onClose()
  }
  const all = Object.assign({}, ...report.recommendations.map(({ parameters }) => parameters ?? {}))
  const told = (parameters: Readonly<Record<string, string>>) =>
    PARAMETER_NAMES.flatMap((name) => {
      const value = parameters[name]
      return value === undefined ? [] : [`${t(`parameters:${name}`)}: ${words(name, value)}`]
    }).join(', ')
  return (
    <section>
      <h2>{t('whatToChange')}</h2>
      <ul className="advice">
        {report.recommendations.map(({ advice, parameters }) => (
          <li key={advice}>
            <span>
              {say(advice)} {parameters && <span className="quiet">{told(parameters)}</span>}
            </span>
            {parameters && <Button onClick={() => void again(parameters)}>{t('tryThis')}</Button>}
          </li>
        ))}
      </ul>
      <div className="report-actions">
        {Object.keys(all).length > 0 && (
          <Button kind="main" onClick={() => void again(all)}>
            {t('tryAll')}
          </Button>
        )}
        <Button
          onClick={() => {
            reorder({ ...job, parameters: { ...job.parameters, ...all } })
            onClose()
          }}
        >
          {t('changeByHand')}
        </Button>
      </div>
    </section>
  )
}
