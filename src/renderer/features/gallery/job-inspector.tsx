import { Ellipsis } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { JobDetail } from '../../../contract/studio/job-calls.ts'
import type { CriterionId } from '../../../domain/criterion.ts'
import { isEnded } from '../../../domain/job.ts'
import { OWN_BACKDROP } from '../../../domain/parameters/background.ts'
import { PARAMETER_NAMES } from '../../../domain/parameters/parameters.ts'
import { UNRATED } from '../../../domain/rating.ts'
import { Section } from '../../frame/section.tsx'
import { useFormat } from '../../language/format.ts'
import { useTold } from '../../language/told.ts'
import { useView } from '../../state/view.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Tooltip } from '../../ui/tooltip.tsx'
import { LedgerRows } from '../ledger/ledger-rows.tsx'
import { useChoiceWords } from '../parameters/use-choice-words.ts'
import { useReorder } from '../parameters/use-reorder.ts'
import { chosenPicture, picturesOf } from './pictures-of-job.ts'
import { RatingEditor } from './rating-editor.tsx'
import { useJobActions } from './use-job-actions.ts'

interface JobInspectorProps {
  readonly job: JobDetail
  readonly active: CriterionId | null
  readonly onActive: (id: CriterionId | null) => void
}

/** Everything about the chosen picture of a job, and what can be done with it. */
export function JobInspector({ job, active, onActive }: JobInspectorProps) {
  const { t } = useTranslation(['gallery', 'criteria', 'parameters', 'studio'])
  const { figure } = useFormat()
  const told = useTold()
  const { picture } = useView()
  const actions = useJobActions()
  const shown = chosenPicture(picturesOf(job), picture)
  const attempt = typeof shown?.choice === 'number' ? shown.choice : null
  const rating = attempt === null ? job.rating : (job.attemptRatings[String(attempt)] ?? UNRATED)
  const notes = attempt === null ? (job.final ?? job.best)?.picture.notes : job.attempts[attempt - 1]?.picture?.notes
  return (
    <>
      <Section title={attempt === null ? t('rating') : t('ratingOfAttempt', { number: attempt })}>
        <RatingEditor
          rating={rating}
          onChange={(change) => void actions.rate([job._id], change, attempt ?? undefined)}
        />
      </Section>
      <Section title={t('studio:actions')} action={<JobMenu job={job} />}>
        <JobButtons job={job} attempt={attempt} delivered={shown?.delivered ?? false} />
      </Section>
      {shown?.judgement && (
        <Section
          title={t('criteria:ledger')}
          action={
            <span className="quiet">
              {t('criteria:score')} {figure(Math.round(shown.judgement.score * 100))}
            </span>
          }
        >
          <LedgerRows ledger={shown.judgement.ledger} active={active} onActive={onActive} />
          {notes?.map((note) => (
            <p key={note} className="quiet">
              {told(note)}
            </p>
          ))}
        </Section>
      )}
      <Order job={job} attempt={attempt} />
    </>
  )
}

interface JobButtonsProps {
  readonly job: JobDetail
  readonly attempt: number | null
  readonly delivered: boolean
}

function JobButtons({ job, attempt, delivered }: JobButtonsProps) {
  const { t } = useTranslation(['gallery', 'criteria', 'parameters', 'studio'])
  const actions = useJobActions()
  const { setMode, setLayer } = useView()
  const ended = isEnded(job.status)
  return (
    <div className="job-buttons">
      {attempt !== null && !delivered && (
        <Button onClick={() => void actions.chooseFinal(job._id, attempt)}>{t('chooseFinal')}</Button>
      )}
      {ended && job.report && (
        <Button onClick={() => setLayer({ kind: 'report', jobId: job._id })}>{t('openReport')}</Button>
      )}
      {job.attempts.length > 0 && (
        <Tooltip text={t('studio:mode.compare')} command="go-compare">
          <Button onClick={() => setMode('compare')}>{t('studio:mode.compare')}</Button>
        </Tooltip>
      )}
      {job.final !== null || job.best !== null ? (
        <Button onClick={() => setMode('deliver')}>{t('studio:mode.deliver')}</Button>
      ) : null}
      {ended && job.status !== 'completed' && job.deletedAt === null && (
        <Button onClick={() => void actions.retry([job._id])}>{t('retry')}</Button>
      )}
      {!ended && <Button onClick={() => void actions.cancel([job._id])}>{t('cancelJob')}</Button>}
      {job.deletedAt !== null && <Button onClick={() => void actions.restore([job._id])}>{t('restore')}</Button>}
    </div>
  )
}

/** What is done seldom. */
function JobMenu({ job }: { readonly job: JobDetail }) {
  const { t } = useTranslation(['gallery', 'criteria', 'parameters', 'studio'])
  const actions = useJobActions()
  const reorder = useReorder()
  const { showJob } = useView()
  const again = async () => {
    const id = await actions.duplicate(job._id)
    if (id !== undefined) showJob(id)
  }
  return (
    <Menu
      entries={[
        { label: t('againChanged'), onSelect: () => reorder(job) },
        { label: t('again'), onSelect: () => void again() },
        ...(job.deletedAt === null ? [null, { label: t('toBin'), onSelect: () => void actions.remove([job._id]) }] : [])
      ]}
    >
      <IconButton icon={Ellipsis} label={t('studio:more')} />
    </Menu>
  )
}

function Order({ job, attempt }: { readonly job: JobDetail; readonly attempt: number | null }) {
  const told = useTold()
  const { t } = useTranslation(['gallery', 'criteria', 'parameters', 'studio'])
  const words = useChoiceWords()
  const { duration, dateTime } = useFormat()
  const timings = attempt === null ? job.timings : (job.attempts[attempt - 1]?.timings ?? {})
  const spent = Object.values(timings).reduce((sum, ms) => sum + ms, 0)
  const seed = attempt === null ? job.seed : job.attempts[attempt - 1]?.seed
  return (
    <Section title={t('asOrdered')}>
      <dl className="facts selectable">
        {PARAMETER_NAMES.map((name) => (
          <div key={name}>
            <dt>{t(`parameters:${name}`)}</dt>
            <dd dir="auto">{words(name, job.parameters[name])}</dd>
          </div>
        ))}
        {job.backdrop && (
          <div>
            <dt>{words('background', OWN_BACKDROP)}</dt>
            <dd dir="auto">{job.backdrop.name}</dd>
          </div>
        )}
        {job.parameters.notes !== '' && (
          <div>
            <dt>{t('parameters:notes')}</dt>
            <dd dir="auto">{job.parameters.notes}</dd>
          </div>
        )}
        <div>
          <dt>{t('engine')}</dt>
          <dd>{job.engines ? `${told(job.engines.generator.label)} ${job.engines.generator.version}` : '–'}</dd>
        </div>
        <div>
          <dt>{t('parameters:seed')}</dt>
          <dd>{seed ?? '–'}</dd>
        </div>
        {spent > 0 && (
          <div>
            <dt>{t('took')}</dt>
            <dd>{duration(spent)}</dd>
          </div>
        )}
        <div>
          <dt>{t('created')}</dt>
          <dd>{dateTime(job.createdAt)}</dd>
        </div>
      </dl>
    </Section>
  )
}
