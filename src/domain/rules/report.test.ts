import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CRITERION_IDS, type Criterion } from '../criterion.ts'
import { StudioError, serializeError } from '../errors.ts'
import type { Job } from '../job.ts'
import { parseParameters } from '../parameters/parameters.ts'
import { type Report, reportSchema } from '../report.ts'
import { anyJob } from './any-job.fixture.ts'
import { criterionWords } from './criterion-words.ts'
import { writeReport } from './report.ts'
import { attempt, deliverable, engine, row, sampleJob, WHEN } from './sample-job.fixture.ts'

const report = (job: Job) => writeReport(job, WHEN)
const identity = (value: number) => row('identity', value, { max: 0.6 }, { unit: 'distance' })
const height = (value: number) => row('head-height', value, { min: 42, max: 66 })

describe('the summary', () => {
  it.each<[string, Partial<Job>, string]>([
    [
      'one shortfall in every attempt',
      { attempts: [1, 2, 3].map((number) => attempt(number, [identity(0.9), height(50)])) },
      'Three attempts; none kept the face close enough.'
    ],
    [
      'one attempt',
      { attempts: [attempt(1, [row('eyes-open', 0.1, { min: 0.5 })])] },
      'One attempt; it did not show the eyes open.'
    ],
    [
      'another shortfall each time',
      { attempts: [attempt(1, [identity(0.9), height(50)]), attempt(2, [identity(0.4), height(20)])] },
      'Two attempts; none passed every check.'
    ],
    [
      'success at once',
      { status: 'completed', attempts: [attempt(1, [identity(0.4)])], final: deliverable(1, [identity(0.4)]) },
      'The first attempt passed every check.'
    ],
    [
      'success after a repair, with a gap',
      {
        status: 'completed',
        attempts: [attempt(1, [identity(0.9)]), attempt(2, [identity(0.4)])],
        final: deliverable(2, [identity(0.4), row('parameter:attire', null, {}, { outcome: 'not-attempted' })])
      },
      'Attempt 2 of 2 passed every check. Not attempted by this engine: attire.'
    ],
    [
      'a choice by hand',
      {
        status: 'completed',
        chosenBy: 'user',
        attempts: [attempt(1, [identity(0.9)])],
        final: deliverable(1, [identity(0.9)])
      },
      'Attempt 1 was chosen by hand.'
    ],
    [
      'a delivery that lost what its attempt had',
      {
        attempts: [attempt(1, [row('sharpness', 60, { min: 50 })])],
        best: deliverable(1, [row('sharpness', 40, { min: 50 })])
      },
      'Attempt 1 passed at working size, but at the size that was ordered it did not come out sharp enough.'
    ],
    [
      'an error before anything',
      { error: serializeError(new StudioError('face-none', 'There is no face in the photo.')) },
      'No portrait was made. There is no face in the photo.'
    ],
    [
      'an error on the way',
      {
        attempts: [attempt(1, [identity(0.9)])],
        error: serializeError(new StudioError('disk-full', 'The drive is full.'))
      },
      'One attempt, then it could not go on. The drive is full.'
    ],
    ['a cancelled job', { status: 'cancelled' }, 'It was cancelled before an attempt was judged.']
  ])('tells %s', (_, change, summary) => {
    expect(report(sampleJob(change)).summary).toBe(summary)
  })
})

describe('the analysis of an attempt', () => {
  const reason = 'Head height is 36% and should be 42 to 66%, so the crop is tighter.'
  const repaired = attempt(
    2,
    [height(50), identity(0.9), row('parameter:attire', null, {}, { outcome: 'not-attempted' })],
    {
      repairs: [{ criterion: 'head-height', setting: 'crop.headScale', from: 1, to: 1.5, reason }]
    }
  )
  const job = sampleJob({
    attempts: [attempt(1, [height(36), identity(0.9)]), repaired, attempt(3, null)],
    setbacks: [
      {
        step: 'generate',
        attempt: 2,
        error: serializeError(new StudioError('engine-crashed', 'The engine ended.')),
        at: WHEN
      }
    ]
  })
  const analyses = report(job).attempts.map(({ analysis }) => analysis)

  it('tells figures beside their limits', () => {
    expect(analyses[0]).toBe(
      'It failed 2 of 2 checks: the head is too small (head height 36%, should be 42 to 66%); ' +
        'the face does not look enough like the photo (likeness 0.9 distance, should be at most 0.6 distance).'
    )
  })

  it('tells what was changed, what came of it, what went wrong on the way and what was left undone', () => {
    expect(analyses[1]).toBe(
      `Changed for it: ${reason} The head height went from 36% to 50%. ` +
        'On the way the engine failed once and was asked again (The engine ended.). ' +
        'It failed 1 of 2 checks: the face does not look enough like the photo ' +
        '(likeness 0.9 distance, should be at most 0.6 distance). ' +
        'Not attempted by this engine: attire.'
    )
  })

  it('says so where nothing was judged', () => {
    expect(analyses[2]).toBe('Its picture was not judged.')
  })
})

describe('causes and advice', () => {
  const failed = (criterion: Criterion, order: object = {}, kind: 'photographic' | 'generative' = 'photographic') =>
    report(
      sampleJob({
        parameters: parseParameters(order),
        engines: { vlm: engine('rules'), generator: engine(kind), examiner: engine('rules') },
        attempts: [attempt(1, [criterion])]
      })
    )

  it('sends a passport on an office background to the white one', () => {
    const { rootCauses, recommendations } = failed(row('background-match', 30, { max: 10 }), { purpose: 'passport' })
    expect(rootCauses).toEqual([
      {
        criteria: ['background-match'],
        cause: '"35×45 mm" takes a plain light background only, and "Modern office" was ordered.'
      }
    ])
    expect(recommendations[0]?.parameters).toEqual({ background: 'white' })
  })

  it('finds no contradiction in a light plain one', () => {
    const { rootCauses } = failed(row('background-match', 30, { max: 10 }), {
      purpose: 'passport',
      background: '#eeeeee'
    })
    expect(rootCauses[0]?.cause).toBe('The background did not become "#eeeeee".')
  })

  it('proposes the next smaller size for want of detail', () => {
    const small = row('source-detail', 0.2, { min: 0.5 })
    expect(failed(small, { resolution: '4k' }).recommendations[0]?.parameters).toEqual({ resolution: '2k' })
    expect(failed(small, { resolution: '1k' }).recommendations[0]?.parameters).toBeUndefined()
  })

  it('blames light and grade for a drifted face only where the engine keeps the pixels', () => {
    expect(failed(identity(0.9), { lighting: 'flash' }).recommendations[0]?.parameters).toEqual({
      lighting: 'natural',
      mood: 'neutral'
    })
    expect(failed(identity(0.9), {}, 'generative').rootCauses[0]?.cause).toMatch(/painted/)
  })

  it('passes on what the measurement says of the reasons', () => {
    const note = 'They are closed in the photo.'
    const { rootCauses } = failed(row('eyes-open', 0.1, { min: 0.2 }, { note }))
    expect(rootCauses[0]?.cause).toMatch(/does not redraw eyes or a smile\. They are closed in the photo\.$/)
  })

  it('groups what fails for one reason', () => {
    const ledger = [height(10), row('eye-line', 90, { max: 50 }), row('vlm:mood', 0.1, { min: 0.5 })]
    const { rootCauses } = report(sampleJob({ attempts: [attempt(1, ledger)] }))
    expect(rootCauses.map(({ criteria }) => criteria)).toEqual([['head-height', 'eye-line'], ['vlm:mood']])
  })

  it('passes the hint of an error on', () => {
    const error = new StudioError('face-several', 'There are three faces.')
    const { recommendations, rootCauses } = report(sampleJob({ error: serializeError(error) }))
    expect(recommendations).toEqual([{ advice: error.hint }])
    expect(rootCauses).toEqual([{ criteria: [], cause: 'There are three faces.' }])
  })

  it('tells a delivered customer what the engine left undone, and no causes', () => {
    const left = (id: 'parameter:attire' | 'parameter:vibe') => row(id, null, {}, { outcome: 'not-attempted' })
    const ledger = [identity(0.4), left('parameter:attire'), left('parameter:vibe')]
    const done = report(
      sampleJob({
        status: 'completed',
        parameters: parseParameters({ attire: 'academic' }),
        attempts: [attempt(1, ledger)],
        final: deliverable(1, ledger)
      })
    )
    expect(done.rootCauses).toEqual([])
    // The vibe is done as far as a photo allows.
    expect(done.recommendations).toHaveLength(1)
    expect(done.recommendations).toMatchObject([{ parameters: { attire: 'as_photographed' } }])
  })
})

/** Words that name a criterion and are not also said in passing. */
const TELLING_LABELS = CRITERION_IDS.map((id) => criterionWords(id).label)

const textOf = ({ summary, attempts, rootCauses, recommendations }: Report) =>
  [
    summary,
    ...attempts.map(({ analysis }) => analysis),
    ...rootCauses.map(({ cause }) => cause),
    ...recommendations.map(({ advice }) => advice)
  ].join('\n')

describe('any job', () => {
  it('gets a report that fits the schema and proposes parameters that exist and differ', () => {
    fc.assert(
      fc.property(anyJob, (job) => {
        const written = report(job)
        expect(reportSchema.safeParse(written).success).toBe(true)
        expect(written.attempts).toHaveLength(job.attempts.length)
        for (const { parameters } of written.recommendations) {
          if (!parameters) continue
          const changed = parseParameters({ ...job.parameters, ...parameters })
          expect(changed).toMatchObject(parameters)
          expect(changed).not.toEqual(job.parameters)
        }
      })
    )
  })

  it('is told of no criterion that its ledgers do not hold', () => {
    fc.assert(
      fc.property(anyJob, (job) => {
        const judgements = [...job.attempts.map((each) => each.judgement), job.final?.judgement, job.best?.judgement]
        const ledger = judgements.flatMap((judgement) => judgement?.ledger ?? [])
        const held = new Set(ledger.map(({ id }) => id))
        const written = report(job)
        for (const { criteria } of written.rootCauses) for (const id of criteria) expect(held).toContain(id)
        const text = textOf(written).toLowerCase()
        const heldLabels = new Set([...held].map((id) => criterionWords(id).label))
        for (const label of TELLING_LABELS) if (!heldLabels.has(label)) expect(text).not.toContain(label)
      }),
      { numRuns: 300 }
    )
  })
})
