import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { buildTinyVlm } from '../../../scripts/models/tiny-vlm/build-tiny-vlm.ts'
import { TINY_WRITER } from '../../../scripts/models/tiny-vlm/tiny-writer.ts'
import { DELIVERY_PROFILES } from '../../domain/delivery-profile.ts'
import type { BriefRequest, EngineSet, GenerateRequest, VisionLanguageModel } from '../../domain/engine.ts'
import { toStudioError } from '../../domain/errors.ts'
import type { Job } from '../../domain/job.ts'
import { judgementOf } from '../../domain/judgement.ts'
import { parseParameters } from '../../domain/parameters/parameters.ts'
import type { CallContext, Step } from '../../domain/progress.ts'
import { attempt, engine, row, sampleJob } from '../../domain/rules/sample-job.fixture.ts'
import { createLocalVlm, type LocalVlm } from '../engines/local-vlm.ts'
import { type Pixel, writePng } from '../jobs/plain-png.fixture.ts'
import { testEngines } from '../jobs/test-engines.fixture.ts'
import { openTestStudio, type TestStudio } from '../jobs/test-studio.fixture.ts'
import { processesFromSources } from '../testing/real-studio.fixture.ts'
import { createModelVlm } from './model-vlm.ts'
import { PromptTemplates } from './prompt-templates.ts'

/** The tiny model sees that a background is as ordered where the picture is rather blue, and hair where it is not dark. */
const COLOURS = { photo: [210, 190, 170], dark: [20, 20, 20], wrong: [120, 120, 10], right: [230, 230, 230] } as const
const ORDER = { attire: 'business_formal', background: 'white', lighting: 'soft', resolution: '1k' }
/** A process that the system ended may have run out of memory. */
const ENDED = expect.stringMatching(/^engine-(out-of-memory|crashed)$/)
const SENTENCE = 'Hang a plain white background of paper behind the chair.'

let folder = ''
let studio: TestStudio
let local: LocalVlm
const vlmOf = (model: LocalVlm) =>
  createModelVlm({
    model,
    prompts: new PromptTemplates({
      resources: fileURLToPath(new URL('../../../resources', import.meta.url)),
      dataFolder: folder
    }),
    calibrationOf: async () => null
  })
const pathOf = (name: keyof typeof COLOURS) => join(folder, `${name}.png`)
const calling = (onProgress: CallContext['onProgress'] = () => {}, signal = new AbortController().signal) => ({
  signal,
  onProgress
})

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'apex-local-model-'))
  studio = await openTestStudio()
  await buildTinyVlm(join(folder, 'models', 'tiny-writer'), TINY_WRITER)
  for (const [name, pixel] of Object.entries<Pixel>(COLOURS)) await writePng(join(folder, `${name}.png`), pixel, 96)
  local = createLocalVlm({ ...processesFromSources(), modelsFolder: join(folder, 'models'), memoryShare: 1 })
})
afterEach(() => studio.stopManagers())
afterAll(async () => {
  await local.stop()
  await studio.close()
  await rm(folder, { recursive: true, force: true })
})

function orderOf(photo: keyof typeof COLOURS, parameters: Record<string, string> = ORDER): BriefRequest {
  const parsed = parseParameters(parameters)
  return {
    references: [{ path: pathOf(photo), face: null }],
    inspections: [],
    parameters: parsed,
    profile: DELIVERY_PROFILES[parsed.purpose],
    generator: engine('generative', 'flux2-klein')
  }
}

const FAILING = [
  row('vlm:background', 0.2, { min: 0.6 }, { source: 'vlm', unit: 'probability' }),
  row('vlm:face', 0.9, { min: 0.6 })
]
const BRIEF = { prompt: 'A portrait.', settings: {}, repairs: [] }
const FAILED_JOB = sampleJob({ attempts: [attempt(1, FAILING)] })

/** Each thing that a model does for a job, on a job of one attempt with the wrong background. */
const WORK: Readonly<Record<string, (vlm: VisionLanguageModel, context: CallContext) => Promise<unknown>>> = {
  brief: (vlm, context) => vlm.writeBrief(orderOf('photo'), context),
  judgement: (vlm, context) =>
    vlm.judge({ ...orderOf('photo'), path: pathOf('wrong'), brief: BRIEF, limitations: [] }, context),
  repair: (vlm, context) => {
    const judgement = judgementOf(FAILING)
    return vlm.tune(
      { ...orderOf('photo'), brief: BRIEF, judgement, history: [BRIEF], judgements: [judgement] },
      context
    )
  },
  report: (vlm, context) => vlm.report(FAILED_JOB, context)
}

describe('the model on this machine, in its process', () => {
  it.each([
    [
      'photo',
      ORDER,
      'Change the clothes to business formal attire, a dark tailored suit, and replace the background with a plain white background. Light the person with soft window light from one side, in a neutral mood. Keep the face, hair and skin exactly as in the photo, with a confident, composed expression.'
    ],
    [
      'photo',
      {
        purpose: 'resume',
        attire: 'academic',
        background: 'library',
        vibe: 'warm',
        lighting: 'studio',
        mood: 'calm',
        resolution: '4k'
      },
      'replace the background with a library with shelves of books, out of focus. Light the person with studio light from a large soft box, in a calm, muted mood.'
    ]
  ] as const)('writes its own brief of a %s for any order', async (photo, order, words) => {
    const brief = await vlmOf(local).writeBrief(orderOf(photo, order), calling())
    expect(brief.note).toBeUndefined()
    expect(brief.prompt).toContain(words)
    expect(brief.prompt).toContain('The person has short dark hair.')
  })

  it('says nothing of a person whom it does not see', async () => {
    const brief = await vlmOf(local).writeBrief(orderOf('dark'), calling())
    expect(brief.note).toBeUndefined()
    expect(brief.prompt).not.toContain('hair.')
    expect(brief.prompt).toContain('The frame is plain and simple.')
  })

  it('judges by the picture, mends what failed, and says why', async () => {
    const vlm = vlmOf(local)
    const judged = async (picture: keyof typeof COLOURS) => {
      const request = { ...orderOf('photo'), path: pathOf(picture), brief: BRIEF, limitations: [] }
      const rows = await vlm.judge(request, calling())
      return rows.flatMap(({ id, outcome }) => (outcome === 'passed' ? [] : [[id, outcome]]))
    }
    expect(await judged('wrong')).toEqual([['vlm:background', 'failed']])
    expect(await judged('right')).toEqual([])
    expect(await WORK.repair?.(vlm, calling())).toMatchObject({ prompt: `A portrait. ${SENTENCE}` })
    expect(await WORK.report?.(vlm, calling())).toMatchObject({
      summary: 'This is how the portrait went.',
      rootCauses: [{ criteria: ['vlm:background'] }],
      writtenBy: { engine: 'local', version: 'tiny-writer' }
    })
  })

  it.each(Object.keys(WORK))('gives a %s up when it is told to, and lives', async (name) => {
    const stop = new AbortController()
    const work = WORK[name]?.(
      vlmOf(local),
      calling(() => stop.abort(), stop.signal)
    )
    await expect(work).rejects.toMatchObject({ code: 'cancelled' })
    expect(local.activity.now.state).toBe('ready')
  })

  it('is opened again for a report whose process was killed in the midst', async () => {
    const kill = () => local.pid !== undefined && process.kill(local.pid, 'SIGKILL')
    const cutShort = () => WORK.report?.(vlmOf(local), calling(kill)).then(() => 'it was faster', toStudioError)
    // Whoever kills may come too late, once in a while.
    await expect.poll(cutShort, { timeout: 50_000 }).toMatchObject({ code: ENDED })
    await expect(WORK.report?.(vlmOf(local), calling())).resolves.toMatchObject({ writtenBy: { engine: 'local' } })
  })

  it('is not opened beyond the memory that it may take', async () => {
    const freeMemory = () => Number.MAX_SAFE_INTEGER
    const greedy = createLocalVlm({
      ...processesFromSources(),
      modelsFolder: join(folder, 'models'),
      memoryShare: 1e-6,
      freeMemory
    })
    try {
      await expect(WORK.brief?.(vlmOf(greedy), calling())).rejects.toMatchObject({ code: 'engine-out-of-memory' })
    } finally {
      await greedy.stop()
    }
  })

  it('leaves it to the rules where it cannot hold what it is told', async () => {
    const short = createLocalVlm({
      ...processesFromSources(),
      modelsFolder: join(folder, 'models'),
      memoryShare: 1,
      contextLength: 600
    })
    try {
      const brief = await vlmOf(short).writeBrief(orderOf('photo'), calling())
      expect(brief.note).toMatch(/^The prompt is that of the rules, .*the model holds 600/)
      expect(await vlmOf(short).report(FAILED_JOB, calling())).toMatchObject({ writtenBy: { engine: 'rules' } })
    } finally {
      await short.stop()
    }
  })
})

describe('the main job with the model on this machine', () => {
  /** Pictures are these, one for each attempt; `killed`: steps whose first try loses the model's process. */
  function engines(pictures: readonly (keyof typeof COLOURS)[], killed: readonly Step[] = []): EngineSet {
    const painted = testEngines({ sharpness: [1] })
    let made = 0
    const paint = async (request: GenerateRequest, picture: keyof typeof COLOURS) => {
      const path = join(request.outputFolder, 'picture.png')
      await copyFile(pathOf(picture), path)
      const size = { width: request.longEdge, height: request.longEdge }
      return { path, mediaType: 'image/png', size, sourceDetail: null, limitations: [], notes: [] }
    }
    const left = new Set(killed)
    const vlm = vlmOf(local)
    const losing =
      <R, T>(step: Step, work: (request: R, context: CallContext) => Promise<T>) =>
      (request: R, context: CallContext) =>
        work(request, {
          ...context,
          onProgress(progress) {
            if (local.pid !== undefined && left.delete(step)) process.kill(local.pid, 'SIGKILL')
            context.onProgress(progress)
          }
        })
    return {
      examiner: { ...painted.examiner, measure: async () => [row('sharpness', 80, { min: 50 })] },
      generator: {
        describe: async () => ({ ...(await painted.generator.describe()), label: 'a painter like FLUX.2 klein' }),
        generate: async (request) => paint(request, pictures[made++] ?? 'wrong'),
        finish: async (request) => {
          const path = join(request.outputFolder, 'finished.png')
          await copyFile(request.attemptPath, path)
          return { ...(await paint(request, 'wrong')), path }
        }
      },
      vlm: {
        ...vlm,
        writeBrief: losing('brief', vlm.writeBrief),
        judge: losing('judge', vlm.judge),
        tune: losing('tune', vlm.tune),
        report: losing('report', vlm.report)
      }
    }
  }

  async function run(set: EngineSet, maxAttempts: number): Promise<Job> {
    const manager = studio.manager(set)
    await manager.start()
    const { id, bytes } = await studio.artifacts.putFile(pathOf('photo'))
    const { _id } = await manager.submit({
      ...(await studio.newJob()),
      references: [{ artifact: id, name: 'anna.png', bytes, face: null, inspection: null }],
      parameters: parseParameters(ORDER),
      maxAttempts
    })
    return await manager.wait(_id)
  }

  it('is briefed, judged, mended and reported by it, and loses nothing when each step loses its process once', async () => {
    const job = await run(engines(['wrong', 'right'], ['brief', 'judge', 'tune']), 3)
    expect(job).toMatchObject({ status: 'completed', final: { attempt: 2 }, error: null })
    // Where a step was done before its process was gone, the one after it hears of that.
    expect(job.setbacks.length).toBeGreaterThan(0)
    for (const { error } of job.setbacks) expect(error).toMatchObject({ code: ENDED })
    const [first, second] = job.attempts
    expect(first?.brief.note).toBeUndefined()
    const failed = first?.judgement?.ledger.filter(({ outcome }) => outcome === 'failed')
    expect(failed).toMatchObject([{ id: 'vlm:background', measuredBy: { engine: 'local', version: 'tiny-writer' } }])
    expect(second?.brief.prompt).toBe(`${first?.brief.prompt} ${SENTENCE}`)
    expect(job.report).toMatchObject({
      attempts: [{ attempt: 1, analysis: 'It missed the background.' }, { attempt: 2 }],
      writtenBy: { engine: 'local', version: 'tiny-writer' }
    })
  })

  it('ends with the model’s account of why nothing passed', async () => {
    const job = await run(engines(['wrong']), 1)
    expect(job).toMatchObject({ status: 'failed', final: null, error: null, setbacks: [] })
    expect(job.report).toMatchObject({
      rootCauses: [{ criteria: ['vlm:background'], cause: 'The background was not as ordered.' }],
      writtenBy: { engine: 'local' }
    })
  })
})
