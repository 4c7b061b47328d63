import { renderToStaticMarkup } from 'react-dom/server'
import { DELIVERY_PROFILES } from '../../domain/delivery-profile.ts'
import { bandInWords, figure, valueInWords } from '../../domain/figures.ts'
import type { Attempt, Deliverable, Job } from '../../domain/job.ts'
import type { Judgement } from '../../domain/judgement.ts'
import { comparisonInWords } from '../../domain/judging/comparison-words.ts'
import { CATALOGUE, entryOf, PARAMETER_NAMES } from '../../domain/parameters/parameters.ts'
import { authorInWords } from '../../domain/reporting/report-author.ts'
import { byOutcome, OUTCOME_MARKS } from './ledger-words.ts'
import { PictureFrame, type ShownPicture } from './report-pictures.tsx'
import { REPORT_STYLE } from './report-style.ts'

export type PictureOf = (artifact: string) => ShownPicture | undefined

function LedgerTable({ judgement }: { readonly judgement: Judgement }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Question</th>
          <th scope="col" className="number">
            Value
          </th>
          <th scope="col">Limit</th>
        </tr>
      </thead>
      <tbody>
        {byOutcome(judgement.ledger).map((criterion) => (
          <tr key={criterion.id}>
            <td>
              <span className={criterion.outcome}>
                {OUTCOME_MARKS[criterion.outcome]} {criterion.question}
              </span>
              {criterion.note ? <div className="quiet">{criterion.note}</div> : null}
            </td>
            <td className="number">{valueInWords(criterion)}</td>
            <td>{bandInWords(criterion.band, criterion.unit)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const seconds = (milliseconds: number) => `${figure(milliseconds / 1000)} s`

function Timings({ timings }: { readonly timings: Attempt['timings'] }) {
  const entries = Object.entries(timings)
  if (entries.length === 0) return null
  return (
    <p className="quiet">{entries.map(([step, milliseconds]) => `${step} ${seconds(milliseconds)}`).join(' · ')}</p>
  )
}

function AttemptFigure({ attempt, pictureOf }: { readonly attempt: Attempt; readonly pictureOf: PictureOf }) {
  const { judgement, picture } = attempt
  const verdict = judgement ? (judgement.passed ? 'passed' : 'failed') : undefined
  return (
    <figure>
      <PictureFrame
        picture={picture ? pictureOf(picture.artifact) : undefined}
        alt={`Attempt ${attempt.number}`}
        judgement={judgement}
      />
      <figcaption>
        <strong>Attempt {attempt.number}</strong>{' '}
        {verdict ? (
          <span className={verdict}>
            {OUTCOME_MARKS[verdict]} {verdict}
          </span>
        ) : (
          <span className="quiet">not judged</span>
        )}
        <span className="quiet"> · seed {attempt.seed}</span>
        {attempt.comparison && <p className="quiet">{comparisonInWords(attempt.number, attempt.comparison)}</p>}
        {attempt.brief.repairs.length > 0 && (
          <ul>
            {attempt.brief.repairs.map((repair) => (
              <li key={`${repair.criterion}-${repair.setting}`}>
                {repair.reason}{' '}
                <span className="quiet">
                  ({repair.setting}: {repair.from === null ? 'default' : String(repair.from)} → {String(repair.to)})
                </span>
              </li>
            ))}
          </ul>
        )}
        <details>
          <summary>Brief</summary>
          <p>{attempt.brief.prompt}</p>
          {attempt.brief.note && <p className="quiet">{attempt.brief.note}</p>}
        </details>
        {judgement && <LedgerTable judgement={judgement} />}
        <Timings timings={attempt.timings} />
      </figcaption>
    </figure>
  )
}

function Delivered(props: { readonly title: string; readonly made: Deliverable; readonly pictureOf: PictureOf }) {
  const { title, made, pictureOf } = props
  return (
    <figure className="delivered">
      <PictureFrame picture={pictureOf(made.picture.artifact)} alt={title} />
      <figcaption>
        <strong>{title}</strong>{' '}
        <span className="quiet">
          attempt {made.attempt} · {made.picture.size.width} × {made.picture.size.height} px
        </span>
        {made.picture.notes.map((note) => (
          <p key={note} className="quiet">
            {note}
          </p>
        ))}
        <details>
          <summary>Measured at this size</summary>
          <LedgerTable judgement={made.judgement} />
        </details>
      </figcaption>
    </figure>
  )
}

function ParameterList({ job }: { readonly job: Job }) {
  return (
    <dl>
      {PARAMETER_NAMES.map((name) => {
        const value = job.parameters[name]
        return [
          <dt key={`${name}-term`}>{name}</dt>,
          <dd key={name}>{(name in CATALOGUE && entryOf(name, value)?.label) || value}</dd>
        ]
      })}
      {job.parameters.notes && [<dt key="notes-term">notes</dt>, <dd key="notes">{job.parameters.notes}</dd>]}
      {job.engines && [
        <dt key="engines-term">engines</dt>,
        <dd key="engines">
          {job.engines.generator.label} {job.engines.generator.version}, {job.engines.vlm.label}{' '}
          {job.engines.vlm.version}
        </dd>
      ]}
    </dl>
  )
}

function ReportText({ job }: { readonly job: Job }) {
  const { report } = job
  if (!report) return null
  return (
    <>
      {report.attempts.length > 0 && <h2>What happened</h2>}
      {report.attempts.map((each) => (
        <p key={each.attempt}>
          <strong>Attempt {each.attempt}.</strong> {each.analysis}
        </p>
      ))}
      {report.rootCauses.length > 0 && (
        <>
          <h2>Why</h2>
          <ul>
            {report.rootCauses.map((each) => (
              <li key={each.cause}>{each.cause}</li>
            ))}
          </ul>
        </>
      )}
      {report.recommendations.length > 0 && (
        <>
          <h2>What to change</h2>
          <ul>
            {report.recommendations.map((each) => (
              <li key={each.advice}>{each.advice}</li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

function ReportPage({ job, pictureOf }: { readonly job: Job; readonly pictureOf: PictureOf }) {
  const name = job.references[0]?.name ?? job._id
  const notice = DELIVERY_PROFILES[job.parameters.purpose].notice
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta
          httpEquiv="Content-Security-Policy"
          content="default-src 'none'; img-src data:; style-src 'unsafe-inline'"
        />
        <title>{`${name}: ${job.status}`}</title>
        <style>{REPORT_STYLE}</style>
      </head>
      <body>
        <main>
          <h1>{name}</h1>
          <p className="quiet">
            {job.status} · {job.createdAt.toISOString().slice(0, 16).replace('T', ' ')} UTC · job {job._id}
          </p>
          {notice && <p className="notice">{notice}</p>}
          <p className="summary">{job.report?.summary ?? job.error?.message ?? ''}</p>
          {job.error && <p>{job.error.hint}</p>}
          {job.report && <p className="quiet">{authorInWords(job.report)}</p>}
          <div className="pictures">
            {job.references.map((reference) => (
              <figure key={reference.artifact}>
                <PictureFrame picture={pictureOf(reference.artifact)} alt={`Reference photo ${reference.name}`} />
                <figcaption>
                  <strong>Reference</strong>{' '}
                  <span className="quiet">
                    {reference.inspection
                      ? `${reference.inspection.width} × ${reference.inspection.height} px · ${reference.inspection.colourSpace}`
                      : reference.name}
                  </span>
                </figcaption>
              </figure>
            ))}
            {job.backdrop && (
              <figure>
                <PictureFrame picture={pictureOf(job.backdrop.artifact)} alt={`Backdrop ${job.backdrop.name}`} />
                <figcaption>
                  <strong>Backdrop</strong> <span className="quiet">{job.backdrop.name}</span>
                </figcaption>
              </figure>
            )}
            {job.final && <Delivered title="Final" made={job.final} pictureOf={pictureOf} />}
            {job.best && <Delivered title="Best attempt, not passed" made={job.best} pictureOf={pictureOf} />}
          </div>
          <ReportText job={job} />
          {job.attempts.length > 0 && <h2>Attempts</h2>}
          <div className="pictures">
            {job.attempts.map((attempt) => (
              <AttemptFigure key={attempt.number} attempt={attempt} pictureOf={pictureOf} />
            ))}
          </div>
          <h2>Order</h2>
          <ParameterList job={job} />
        </main>
      </body>
    </html>
  )
}

/** The report as one page that needs nothing beside it. `pictureOf` hands over pictures as data URIs. */
export function renderReportPage(job: Job, pictureOf: PictureOf): string {
  return `<!doctype html>${renderToStaticMarkup(<ReportPage job={job} pictureOf={pictureOf} />)}`
}
