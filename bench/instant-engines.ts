import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Brief } from '../src/domain/brief.ts'
import type { EngineDescription, EngineSet, GenerateRequest, MadePicture } from '../src/domain/engine.ts'
import { preferredByScore } from '../src/domain/judging/preference.ts'

/** One grey pixel, a valid PNG. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==',
  'base64'
)
const PASSING_ROUND = 3
const IDENTITY = { engine: 'instant', version: '1' }

/** Engines that take no time: whatever a job takes with them, the manager and the stores took. The third attempt passes. */
export function instantEngines(): EngineSet {
  let made = 0
  const described = (kind: EngineDescription['kind']) => async () => ({
    ...IDENTITY,
    label: 'Instant',
    kind,
    abilities: [],
    reason: 'It measures the manager.'
  })
  const make = async ({ outputFolder, longEdge }: GenerateRequest): Promise<MadePicture> => {
    made += 1
    const path = join(outputFolder, 'picture.png')
    // What follows the end of a PNG is not read; it makes every picture another file, as real ones are.
    await writeFile(path, Buffer.concat([PNG, Buffer.from(`${process.pid} ${made}`)]))
    const size = { width: longEdge, height: longEdge }
    return { path, mediaType: 'image/png', size, sourceDetail: null, limitations: [], notes: [] }
  }
  return {
    examiner: {
      describe: described('rules'),
      preview: async () => ({ width: 1, height: 1 }),
      inspect: async () => ({
        width: 100,
        height: 100,
        mediaType: 'image/png',
        bitsPerChannel: 8,
        colourSpace: 'sRGB',
        notes: [],
        faces: [
          {
            index: 0,
            box: { x: 10, y: 10, width: 80, height: 80 },
            leftEye: { x: 70, y: 40 },
            rightEye: { x: 30, y: 40 },
            confidence: 0.9
          }
        ]
      }),
      measure: async () => []
    },
    generator: { describe: described('generative'), generate: make, finish: make },
    vlm: {
      describe: described('language-model'),
      writeBrief: async () => briefOf(1),
      judge: async ({ brief }) => {
        const round = Number(brief.settings.round)
        const passed = round >= PASSING_ROUND
        return [
          {
            id: 'vlm:vibe',
            question: 'Does the portrait have the vibe that was asked for?',
            source: 'vlm',
            outcome: passed ? 'passed' : 'failed',
            value: round,
            unit: 'count',
            band: { min: PASSING_ROUND },
            score: passed ? 1 : round / PASSING_ROUND,
            regions: [],
            measuredBy: IDENTITY
          }
        ]
      },
      prefer: async ({ champion, challenger }) => preferredByScore(champion.judgement, challenger.judgement),
      tune: async ({ history }) => briefOf(history.length + 1),
      report: async (job) => ({
        summary: `${job.attempts.length} attempts.`,
        attempts: [],
        rootCauses: [],
        recommendations: [],
        writtenBy: IDENTITY,
        writtenAt: new Date()
      })
    }
  }
}

function briefOf(round: number): Brief {
  return { prompt: `A portrait, round ${round}.`, settings: { round }, repairs: [] }
}
