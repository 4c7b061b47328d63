import fc from 'fast-check'
import { StudioError, serializeError } from '../errors.ts'
import type { Job } from '../job.ts'
import { CATALOGUE, parseParameters } from '../parameters/parameters.ts'
import { criterionWords } from './criterion-words.ts'
import { anyCriterion, anyLedger, attempt, deliverable, engine, sampleJob } from './sample-job.fixture.ts'

const anyParameters = fc
  .record({
    purpose: fc.constantFrom(...CATALOGUE.purpose.map(({ id }) => id)),
    background: fc.constantFrom('white', 'city', '#101010', 'a jungle'),
    lighting: fc.constantFrom('natural', 'dramatic', 'candles'),
    resolution: fc.constantFrom('1k', '2k', '4k')
  })
  .map(parseParameters)

/** A job that has ended in any way, whatever its ledgers hold. */
export const anyJob: fc.Arbitrary<Job> = fc
  .record({
    ledgers: fc.array(fc.option(anyLedger), { maxLength: 4 }),
    delivered: fc.option(anyLedger),
    repairs: fc.array(anyCriterion, { maxLength: 3 }),
    parameters: anyParameters,
    kind: fc.constantFrom<'photographic' | 'generative'>('photographic', 'generative'),
    ending: fc.constantFrom<'final' | 'best' | 'error' | 'cancelled'>('final', 'best', 'error', 'cancelled'),
    chosenBy: fc.constantFrom<'judge' | 'user'>('judge', 'user')
  })
  .map(({ ledgers, delivered, repairs, parameters, kind, ending, chosenBy }) => {
    const briefs = repairs.map(({ id }) => ({
      criterion: id,
      setting: 'crop.headScale',
      from: null,
      to: 1,
      reason: `${criterionWords(id).label} was off.`
    }))
    const made = delivered && ledgers.length > 0 ? deliverable(1, delivered) : null
    return sampleJob({
      status: ending === 'final' ? 'completed' : ending === 'cancelled' ? 'cancelled' : 'failed',
      parameters,
      engines: { vlm: engine('rules'), generator: engine(kind), examiner: engine('rules') },
      attempts: ledgers.map((ledger, index) => attempt(index + 1, ledger, { repairs: index > 0 ? briefs : [] })),
      final: ending === 'final' ? made : null,
      best: ending === 'best' ? made : null,
      chosenBy: ending === 'final' ? chosenBy : null,
      error: ending === 'error' ? serializeError(new StudioError('engine-crashed', 'It ended.')) : null
    })
  })
