import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Job } from '../domain/job.ts'
import { failedCriteria } from '../domain/judgement.ts'
import { parseParameters } from '../domain/parameters/parameters.ts'
import { readEnvironment } from './environment.ts'
import type { Studio } from './studio.ts'
import { openerFromSources } from './testing/real-studio.fixture.ts'

const MINUTES = 60_000
const PHOTOS = join(dirname(createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')), 'demo')

let folder = ''
let studio: Studio
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stories-'))
  studio = await openerFromSources()({ environment: readEnvironment({ flags: { APEX_DATA_FOLDER: folder } }) })
  await studio.manager.start()
})
afterAll(async () => {
  await studio.close()
  await rm(folder, { recursive: true, force: true })
})

/** A job as a photographer orders it, from a photo as it was taken, by the real job manager, store and engine. */
async function portraitOf(photo: string, face: number): Promise<Job> {
  const { _id } = await studio.manager.submit({
    subjectId: photo,
    references: [await studio.intake(join(PHOTOS, photo), face)],
    parameters: parseParameters({ background: 'grey' }),
    seed: 5,
    maxAttempts: 3,
    requestedEngines: { vlm: null, generator: null }
  })
  return studio.manager.wait(_id)
}

const failures = ({ attempts }: Job) =>
  attempts.map(({ judgement }) => judgement && failedCriteria(judgement).map(({ id }) => id))

it(
  'a good photo passes at the first attempt',
  async () => {
    const job = await portraitOf('sample6.jpg', 1)
    expect(job).toMatchObject({ status: 'completed', chosenBy: 'judge', final: { attempt: 1 }, best: null })
    expect(failures(job)).toEqual([[]])
    expect(job.report?.summary).toMatch(/^The first attempt passed every check\./)
  },
  4 * MINUTES
)

it(
  'a head that leans is levelled further, and passes at the second attempt',
  async () => {
    const job = await portraitOf('sample4.jpg', 1)
    expect(job).toMatchObject({ status: 'completed', chosenBy: 'judge', final: { attempt: 2 }, best: null })
    expect(failures(job)).toEqual([['head-tilt'], []])
    expect(job.attempts[1]?.brief.repairs).toMatchObject([{ criterion: 'head-tilt', setting: 'crop.levelling' }])
  },
  4 * MINUTES
)

it(
  'a head that leans too far fails every attempt, and the report says what to do',
  async () => {
    const job = await portraitOf('sample1.jpg', 2)
    expect(job).toMatchObject({ status: 'failed', final: null, best: { attempt: 2 }, error: null })
    expect(failures(job)).toEqual([['head-tilt'], ['head-tilt']])
    expect(job.report?.summary).toBe(
      'Two attempts; none held the head level enough. ' +
        'Stopped after attempt 2 of 3: nothing that can be set would mend what failed.'
    )
    expect(job.report?.attempts[1]?.analysis).toMatch(
      /so more of the lean is turned back\. The head tilt went from 2\S* to 1\S*\. It failed 1 of 17 checks: the head leans too far /
    )
    expect(job.report?.rootCauses).toEqual([
      { criteria: ['head-tilt'], cause: 'The head leans further than the whole person can be turned back.' }
    ])
    expect(job.report?.recommendations).toEqual([{ advice: 'Use a photo in which the head is upright.' }])
  },
  4 * MINUTES
)
