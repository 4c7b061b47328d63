import { join } from 'node:path'
import type { Brief } from '../../domain/brief.ts'
import type { Criterion } from '../../domain/criterion.ts'
import type { EngineDescription, EngineSet, GenerateRequest, MadePicture } from '../../domain/engine.ts'
import { StudioError } from '../../domain/errors.ts'
import type { Job } from '../../domain/job.ts'
import { preferredByScore } from '../../domain/judging/preference.ts'
import { WORKING_LONG_EDGE } from '../../domain/parameters/resolution.ts'
import type { FaceSummary, PhotoInspection } from '../../domain/photo.ts'
import type { CallContext } from '../../domain/progress.ts'
import type { Report } from '../../domain/report.ts'
import { type Pixel, readPng, writePng } from './plain-png.fixture.ts'

export type EngineCall =
  | 'inspect'
  | 'writeBrief'
  | 'generate'
  | 'measure'
  | 'judge'
  | 'prefer'
  | 'tune'
  | 'finish'
  | 'report'

export interface TestEnginesOptions {
  /** Sharpness, 0..1, of each attempt; one of PASSING or more passes, the last counts for all that follow. */
  readonly sharpness: readonly number[]
  /** Sharpness of the delivered size; that of its attempt where it is left out. */
  readonly deliveredSharpness?: number
  /** Faces in every photo. */
  readonly faces?: number
  /** The tuner knows no more repairs after this many attempts. */
  readonly repairs?: number
  /** The model likes attempts of these rounds, the first most; one that is not named loses to one that is. */
  readonly likes?: readonly number[]
  /** Runs when a call begins: throws what the engine throws, or takes as long as the engine takes. */
  readonly onCall?: (call: EngineCall, context: CallContext) => Promise<void>
}

export const PASSING = 0.75

/**
 * Small engines that do real work: the generator writes a PNG whose pixel says which round it is, what its seed was and
 * how sharp it came out, and the examiner decides by what it reads in the file.
 */
export function testEngines(options: TestEnginesOptions): EngineSet {
  const begin = async (call: EngineCall, context: CallContext) => {
    await options.onCall?.(call, context)
    context.signal.throwIfAborted()
  }
  return {
    examiner: {
      describe: async () => described('test-examiner', 'rules'),
      preview: async () => {
        throw new StudioError('internal', 'The job manager shows no previews.')
      },
      async inspect(_path, context) {
        await begin('inspect', context)
        return inspection(options.faces ?? 1)
      },
      async measure(request, context) {
        await begin('measure', context)
        const [, , sharpness] = await readPng(request.path)
        return [sharpnessCriterion(sharpness / 255)]
      }
    },
    generator: {
      describe: async () => described('test-generator', 'generative'),
      async generate(request, context) {
        await begin('generate', context)
        const round = Number(request.brief.settings.round)
        const sharpness = options.sharpness[Math.min(round, options.sharpness.length) - 1] ?? 0
        return await makePicture(request, [round, request.seed % 256, Math.round(sharpness * 255)])
      },
      async finish(request, context) {
        await begin('finish', context)
        const [round, seed, sharpness] = await readPng(request.attemptPath)
        const delivered = options.deliveredSharpness === undefined ? sharpness : options.deliveredSharpness * 255
        // Another file than the attempt's, as a larger picture would be.
        return await makePicture(request, [round + 100, seed, Math.round(delivered)])
      }
    },
    vlm: {
      describe: async () => described('test-vlm', 'language-model'),
      async writeBrief(_request, context) {
        await begin('writeBrief', context)
        return briefOf(1)
      },
      async judge(request, context) {
        await begin('judge', context)
        const [round] = await readPng(request.path)
        return [roundCriterion(round, Number(request.brief.settings.round))]
      },
      async prefer({ champion, challenger }, context) {
        await begin('prefer', context)
        const { likes } = options
        if (!likes) return preferredByScore(champion.judgement, challenger.judgement)
        const place = async (path: string) => {
          const [round] = await readPng(path)
          return likes.includes(round) ? likes.indexOf(round) : likes.length
        }
        const better = (await place(challenger.path)) < (await place(champion.path)) ? 'challenger' : 'champion'
        return { better, decidedBy: 'judge', probability: better === 'challenger' ? 0.9 : 0.1 }
      },
      async tune(request, context) {
        await begin('tune', context)
        const attempts = request.history.length
        return attempts > (options.repairs ?? attempts) ? null : briefOf(attempts + 1)
      },
      async report(job, context) {
        await begin('report', context)
        return reportOn(job, 'test-vlm')
      }
    }
  }
}

/** Tells how the job ended; `engine` is who says so. */
export function reportOn(job: Job, engine: string): Report {
  return {
    summary: job.error ? job.error.message : `It ${job.status}.`,
    attempts: job.attempts.map(({ number }) => ({ attempt: number, analysis: 'It was made.' })),
    rootCauses: [],
    recommendations: [],
    writtenBy: { engine, version: '1' },
    writtenAt: new Date()
  }
}

function described(engine: string, kind: EngineDescription['kind']): EngineDescription {
  return { engine, version: '1', label: engine, kind, abilities: [], reason: 'The test asked for it.' }
}

function briefOf(round: number): Brief {
  return { prompt: `Round ${round}.`, settings: { round }, repairs: [] }
}

async function makePicture({ outputFolder, longEdge }: GenerateRequest, pixel: Pixel): Promise<MadePicture> {
  const path = join(outputFolder, 'picture.png')
  await writePng(path, pixel)
  const size = { width: longEdge, height: longEdge }
  const notes = longEdge > WORKING_LONG_EDGE ? ['enlarged'] : []
  return { path, mediaType: 'image/png', size, sourceDetail: null, limitations: [], notes }
}

function inspection(faces: number): PhotoInspection {
  const face = (index: number): FaceSummary => ({
    index,
    box: { x: 100 * index, y: 10, width: 80, height: 80 },
    leftEye: { x: 100 * index + 60, y: 40 },
    rightEye: { x: 100 * index + 20, y: 40 },
    confidence: 0.9
  })
  return {
    width: 100 * Math.max(1, faces),
    height: 100,
    mediaType: 'image/png',
    bitsPerChannel: 8,
    colourSpace: 'sRGB',
    faces: Array.from({ length: faces }, (_, index) => face(index)),
    notes: []
  }
}

function sharpnessCriterion(value: number): Criterion {
  return {
    id: 'sharpness',
    question: 'Is the face sharp?',
    source: 'measured',
    outcome: value >= PASSING - 0.01 ? 'passed' : 'failed',
    value,
    unit: '%',
    band: { min: PASSING },
    score: value,
    regions: [],
    measuredBy: { engine: 'test-examiner', version: '1' }
  }
}

function roundCriterion(seen: number, asked: number): Criterion {
  return {
    id: 'vlm:attire',
    question: 'Is it the picture that was asked for?',
    source: 'vlm',
    outcome: seen === asked ? 'passed' : 'failed',
    value: seen,
    unit: 'count',
    band: {},
    score: seen === asked ? 1 : 0,
    regions: [],
    measuredBy: { engine: 'test-vlm', version: '1' }
  }
}
