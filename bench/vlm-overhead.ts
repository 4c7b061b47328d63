import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildTinyVlm } from '../scripts/models/tiny-vlm/build-tiny-vlm.ts'
import { TINY_WRITER } from '../scripts/models/tiny-vlm/tiny-writer.ts'
import type { ChatAnswer, ChatModel, YesNoAnswer } from '../src/domain/chat-model.ts'
import { DELIVERY_PROFILES } from '../src/domain/delivery-profile.ts'
import type { BriefRequest, VisionLanguageModel } from '../src/domain/engine.ts'
import { judgementOf } from '../src/domain/judgement.ts'
import { parseParameters } from '../src/domain/parameters/parameters.ts'
import type { CallContext } from '../src/domain/progress.ts'
import { attempt, engine, row, sampleJob } from '../src/domain/rules/sample-job.fixture.ts'
import { createLocalVlm, type LocalVlm } from '../src/main/engines/local-vlm.ts'
import { processesFromSources } from '../src/main/testing/real-studio.fixture.ts'
import { createModelVlm } from '../src/main/vlm/model-vlm.ts'
import { PromptTemplates } from '../src/main/vlm/prompt-templates.ts'

/** What a step of the studio takes beside the model's own run, in milliseconds. */
export interface StepOverhead {
  readonly step: string
  /** Calls of the model in it. */
  readonly calls: number
  /** Templates, checks and parsing, with answers that are there at once; median. */
  readonly ownMs: number
  /** Of that, the processor's own time, which other programs on the machine do not lengthen; mean. */
  readonly processorMs: number
  /** That, and the way to the engine process and back for each call. */
  readonly allMs: number
}

const TIMES = 25
const PICTURE = 'resources/sample/eileen-collins.jpg'
const CONTEXT: CallContext = { signal: new AbortController().signal, onProgress: () => {} }

const parameters = parseParameters({ attire: 'business_formal', background: 'white', lighting: 'soft' })
const ORDER: BriefRequest = {
  references: [{ path: PICTURE, face: null }],
  inspections: [],
  parameters,
  profile: DELIVERY_PROFILES[parameters.purpose],
  generator: engine('generative', 'flux2-klein')
}
const BRIEF = { prompt: 'A portrait.', settings: {}, repairs: [] }
const LEDGER = [
  row('vlm:background', 0.2, { min: 0.6 }, { source: 'vlm', unit: 'probability' }),
  row('vlm:face', 0.9, { min: 0.6 })
]
const JUDGEMENT = judgementOf(LEDGER)
const JOB = sampleJob({ attempts: [attempt(1, LEDGER)] })

const STEPS: Readonly<Record<string, (vlm: VisionLanguageModel) => Promise<unknown>>> = {
  brief: (vlm) => vlm.writeBrief(ORDER, CONTEXT),
  judge: (vlm) => vlm.judge({ ...ORDER, path: PICTURE, brief: BRIEF, limitations: [] }, CONTEXT),
  prefer: (vlm) => {
    const one = { path: PICTURE, judgement: JUDGEMENT }
    return vlm.prefer({ ...ORDER, champion: one, challenger: one }, CONTEXT)
  },
  tune: (vlm) =>
    vlm.tune({ ...ORDER, brief: BRIEF, judgement: JUDGEMENT, history: [BRIEF], judgements: [JUDGEMENT] }, CONTEXT),
  report: (vlm) => vlm.report(JOB, CONTEXT)
}

/** Each step with a tiny model whose answers, told once by its process, are at hand after that. */
export async function measureOverhead(): Promise<StepOverhead[]> {
  const folder = await mkdtemp(join(tmpdir(), 'apex-vlm-overhead-'))
  const models = join(folder, 'models')
  await buildTinyVlm(join(models, 'tiny-writer'), TINY_WRITER)
  const local = createLocalVlm({ ...processesFromSources(), modelsFolder: models, memoryShare: 1 })
  const prompts = new PromptTemplates({
    resources: fileURLToPath(new URL('../resources', import.meta.url)),
    dataFolder: folder
  })
  const vlmOf = (model: ChatModel) => createModelVlm({ model, prompts, calibrationOf: async () => null })
  try {
    await local.load(CONTEXT)
    const thereAndBack = (await measured(() => local.load(CONTEXT))).median
    const steps: StepOverhead[] = []
    for (const [step, work] of Object.entries(STEPS)) {
      const told = remembering(local)
      await work(vlmOf(told.model))
      const instant = vlmOf(told.atHand())
      const { median: ownMs, processor: processorMs } = await measured(() => work(instant))
      steps.push({ step, calls: told.calls(), ownMs, processorMs, allMs: ownMs + told.calls() * thereAndBack })
    }
    return steps
  } finally {
    await local.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** A model that remembers what it was asked, and one that gives the same answers at once. */
function remembering(local: LocalVlm) {
  const written = new Map<string, ChatAnswer>()
  const answered = new Map<string, YesNoAnswer[]>()
  let calls = 0
  const keep = async <T>(answers: Map<string, T>, request: unknown, ask: () => Promise<T>): Promise<T> => {
    calls += 1
    const answer = await ask()
    answers.set(JSON.stringify(request), answer)
    return answer
  }
  const known = async <T>(answers: Map<string, T>, request: unknown): Promise<T> => {
    const answer = answers.get(JSON.stringify(request))
    if (answer === undefined) throw new Error('It was asked something else than before.')
    return answer
  }
  const model: ChatModel = {
    describe: () => local.describe(),
    complete: (request, context) => keep(written, request, () => local.complete(request, context)),
    ask: (request, context) => keep(answered, request, () => local.ask(request, context))
  }
  const atHand = (): ChatModel => ({
    describe: () => local.describe(),
    complete: (request) => known(written, request),
    ask: (request) => known(answered, request)
  })
  return { model, atHand, calls: () => calls }
}

async function measured(
  work: () => Promise<unknown>
): Promise<{ readonly median: number; readonly processor: number }> {
  const taken: number[] = []
  const before = process.cpuUsage()
  for (let time = 0; time < TIMES; time++) {
    const from = performance.now()
    await work()
    taken.push(performance.now() - from)
  }
  const { user, system } = process.cpuUsage(before)
  const median = taken.sort((a, b) => a - b)[Math.floor(TIMES / 2)] ?? 0
  return { median, processor: (user + system) / 1000 / TIMES }
}
