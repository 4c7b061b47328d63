import fc from 'fast-check'
import { type JobSummary, jobStatusSchema } from '../../domain/job.ts'
import { summarize } from '../../domain/job-summary.ts'
import { PURPOSES } from '../../domain/parameters/purpose.ts'
import { colourLabelSchema, flagSchema } from '../../domain/rating.ts'
import { sampleJob } from '../../domain/rules/sample-job.fixture.ts'

const PLAIN = summarize(sampleJob())
const FIRST = new Date('2026-01-01T00:00:00Z').getTime()

/** Any job a list may show; few values of each kind, so that they meet. */
export const anyJobSummary: fc.Arbitrary<JobSummary> = fc
  .record({
    _id: fc.constantFrom(...'abcdefghij'),
    revision: fc.nat(5),
    subjectId: fc.constantFrom('s1', 's2'),
    status: fc.constantFrom(...jobStatusSchema.options),
    priority: fc.constantFrom(0, 1),
    position: fc.nat(3),
    created: fc.nat(3),
    updated: fc.nat(3),
    purpose: fc.constantFrom(...PURPOSES.map(({ id }) => id)),
    name: fc.constantFrom('B.jpg', 'a.jpg', 'c.jpg'),
    score: fc.constantFrom(null, 0.2, 0.9),
    stars: fc.nat(5),
    flag: fc.constantFrom(...flagSchema.options),
    label: fc.constantFrom(...colourLabelSchema.options),
    generator: fc.constantFrom(null, 'retouch', 'flux'),
    failed: fc.constantFrom<JobSummary['failedCriteria']>([], ['identity'], ['identity', 'eye-line']),
    binned: fc.boolean()
  })
  .map(({ created, updated, purpose, stars, flag, label, failed, binned, ...plain }) => ({
    ...PLAIN,
    ...plain,
    parameters: { ...PLAIN.parameters, purpose },
    createdAt: new Date(FIRST + created),
    updatedAt: new Date(FIRST + updated),
    rating: { stars, flag, label },
    failedCriteria: failed,
    deletedAt: binned ? new Date(FIRST) : null
  }))
