import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Brief } from '../../domain/brief.ts'
import { DELIVERY_PROFILES, profileSize } from '../../domain/delivery-profile.ts'
import type { LocalReference, MadePicture } from '../../domain/engine.ts'
import { type Judgement, judgementOf } from '../../domain/judgement.ts'
import { parseParameters } from '../../domain/parameters/parameters.ts'
import type { PhotoInspection } from '../../domain/photo.ts'
import { writeFirstBrief } from '../../domain/rules/brief.ts'
import { tuneBrief } from '../../domain/rules/tune.ts'
import { RETOUCH_DESCRIPTION } from '../engine-host/built-in-descriptions.ts'
import { inspectPhoto } from '../faces/inspect.ts'
import { measurePicture } from '../measure/measure.ts'
import { quietContext } from '../measure/sample-portraits.fixture.ts'
import { retouchGenerate } from './engine.ts'

/** One attempt, as the loop of a job makes it. */
export interface MadeAttempt {
  readonly brief: Brief
  readonly picture: MadePicture
  readonly judgement: Judgement
}

export interface AttemptsRequest {
  readonly references: readonly LocalReference[]
  readonly parameters?: Readonly<Record<string, string>>
  /** Settings of the first attempt that differ from what the rules begin with. */
  readonly settings?: Brief['settings']
  readonly longEdge?: number
  readonly most?: number
}

export interface Attempts {
  readonly made: readonly MadeAttempt[]
  /** Nothing was left that a setting could mend. */
  readonly gaveUp: boolean
}

const known = new Map<string, PhotoInspection>()

async function inspectionOf(path: string): Promise<PhotoInspection> {
  const inspection = known.get(path) ?? (await inspectPhoto(path, quietContext))
  known.set(path, inspection)
  return inspection
}

/**
 * Makes, measures and repairs until an attempt passes, as a job does, with the real engine and the real rules, but in
 * this process and at a smaller size.
 */
export async function attempt(request: AttemptsRequest): Promise<Attempts> {
  const { references, longEdge = 512, most = 3 } = request
  const folder = mkdtempSync(join(tmpdir(), 'attempts-'))
  const parameters = parseParameters({ background: 'grey', ...request.parameters })
  const profile = DELIVERY_PROFILES[parameters.purpose]
  const inspections: PhotoInspection[] = []
  for (const { path } of references) inspections.push(await inspectionOf(path))
  const ask = { references, inspections, parameters, profile, generator: RETOUCH_DESCRIPTION }
  const first = writeFirstBrief(ask)
  let brief: Brief | null = { ...first, settings: { ...first.settings, ...request.settings } }
  const made: MadeAttempt[] = []
  while (brief !== null && made.length < most) {
    const picture = await retouchGenerate(
      { references: [...references], parameters, brief, seed: 7 + made.length, longEdge, outputFolder: folder },
      quietContext
    )
    const ledger = await measurePicture(
      {
        references: [...references],
        path: picture.path,
        parameters,
        expectedSize: profileSize(profile, longEdge),
        generatorKind: 'photographic',
        sourceDetail: picture.sourceDetail,
        limitations: picture.limitations
      },
      quietContext
    )
    const judgement = judgementOf(ledger)
    made.push({ brief, picture, judgement })
    if (judgement.passed) return { made, gaveUp: false }
    const [history, judgements] = [made.map((each) => each.brief), made.map((each) => each.judgement)]
    brief = tuneBrief({ ...ask, brief, judgement, history, judgements })
  }
  return { made, gaveUp: brief === null }
}
