import { useTranslation } from 'react-i18next'
import type { StudioClient } from '../../../contract/studio/client.ts'
import { falseAccepts, falseRejects, type JudgeCalibration } from '../../../domain/judging/calibration.ts'
import { type Count, wilsonInterval } from '../../../domain/judging/proportion.ts'
import { JUDGED_CRITERIA } from '../../../domain/judging/question-catalogue.ts'
import { voteOn } from '../../../domain/judging/vote.ts'
import { useFormat } from '../../language/format.ts'
import { useTold } from '../../language/told.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorBox } from '../../ui/states.tsx'
import { useCriterionWords } from '../ledger/use-criterion-words.ts'
import { useQuery } from './use-query.ts'

const askJudges = (client: StudioClient) => client.call('judges.list', {})
const COMMAND = 'apex-studio judge calibrate'

/** How far each model that judges portraits can be trusted, question by question. */
export function JudgePage() {
  const { t } = useTranslation(['settings', 'studio'])
  const { dateTime } = useFormat()
  const told = useTold()
  const { data, error, reload } = useQuery(askJudges)
  if (error) {
    return <ErrorBox error={error} actions={<Button onClick={() => void reload()}>{t('studio:tryAgain')}</Button>} />
  }
  if (!data) return <div className="skeleton" style={{ height: 320 }} />
  return (
    <>
      <p className="quiet">{t('judge.hint')}</p>
      {data.judges.length === 0 && <p>{t('judge.none')}</p>}
      {data.judges.map(({ engine, version, label, calibration }) => (
        <section key={`${engine} ${version}`} className="judge selectable">
          <h3>
            {told(label)} <span className="quiet">{version}</span>
          </h3>
          {calibration ? (
            <>
              <p className="quiet">
                {t('judge.tried', { count: calibration.photos, date: dateTime(calibration.measuredAt) })}
              </p>
              <TrustTable calibration={calibration} />
            </>
          ) : (
            <p>
              {t('judge.never')} <code>{COMMAND}</code>
            </p>
          )}
        </section>
      ))}
    </>
  )
}

function TrustTable({ calibration }: { readonly calibration: JudgeCalibration }) {
  const { t } = useTranslation('settings')
  const words = useCriterionWords()
  return (
    <table className="judge-table">
      <caption className="quiet">{t('judge.rates')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('judge.question')}</th>
          <th scope="col">{t('judge.accepts')}</th>
          <th scope="col">{t('judge.refuses')}</th>
          <th scope="col">{t('judge.vote')}</th>
        </tr>
      </thead>
      <tbody>
        {JUDGED_CRITERIA.map((id) => {
          const { ground, counts, measured } = voteOn(calibration, id)
          return (
            <tr key={id} data-counts={counts}>
              <th scope="row">{words.name(id)}</th>
              <td>{measured ? <Rate of={falseAccepts(measured)} /> : t('judge.notMeasured')}</td>
              <td>{measured ? <Rate of={falseRejects(measured)} /> : t('judge.notMeasured')}</td>
              <td>{t(`judge.ground.${ground}`)}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

/** How many of how many, and between which shares the truth lies. */
function Rate({ of }: { readonly of: Count }) {
  const { t } = useTranslation('settings')
  const { percent } = useFormat()
  if (of.n === 0) return t('judge.notMeasured')
  const { low, high } = wilsonInterval(of)
  return (
    <>
      {t('judge.rate', { hits: of.hits, count: of.n })}{' '}
      <span className="quiet">{t('judge.interval', { low: Math.round(100 * low), high: percent(high) })}</span>
    </>
  )
}
