import { expect, it } from 'vitest'
import { DELIVERY_PROFILES } from '../../domain/delivery-profile.ts'
import type { EngineDescription, VlmJudgeRequest } from '../../domain/engine.ts'
import { reportSchema } from '../../domain/report.ts'
import { EMPTY_BRIEF, engine, sampleJob } from '../../domain/rules/sample-job.fixture.ts'
import { createRulesVlm } from './rules-vlm.ts'

const context = { signal: new AbortController().signal, onProgress: () => {} }
const JOB = sampleJob()

const order = (kind: EngineDescription['kind']): VlmJudgeRequest => ({
  references: [{ path: 'photo.jpg', face: null }],
  inspections: [],
  parameters: JOB.parameters,
  profile: DELIVERY_PROFILES[JOB.parameters.purpose],
  generator: engine(kind),
  path: 'attempt.png',
  brief: EMPTY_BRIEF,
  limitations: []
})

it('asks nothing of a picture that keeps the real pixels', async () => {
  expect(await createRulesVlm().judge(order('photographic'), context)).toEqual([])
})

it('says of a painted one what it cannot see, and never that it passed', async () => {
  const rows = await createRulesVlm().judge(order('generative'), context)
  expect(rows.map(({ id }) => id)).toContain('vlm:attire')
  expect(new Set(rows.map(({ outcome }) => outcome))).toEqual(new Set(['not-attempted']))
})

it('signs its report', async () => {
  const vlm = createRulesVlm()
  const { engine: name, version } = await vlm.describe()
  const report = reportSchema.parse(await vlm.report(JOB, context))
  expect(report.writtenBy).toEqual({ engine: name, version })
})
