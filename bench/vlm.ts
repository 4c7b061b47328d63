import { parseArgs } from 'node:util'
import Table from 'cli-table3'
import type { CallContext, Progress } from '../src/domain/progress.ts'
import { calibrationTable } from '../src/main/cli/calibration-table.ts'
import { Terminal } from '../src/main/cli/terminal.ts'
import { dataFolderOf } from '../src/main/data-folder.ts'
import { type InstalledVlm, installedVlms } from '../src/main/engines/installed-vlms.ts'
import { createLocalVlm, type LocalVlm } from '../src/main/engines/local-vlm.ts'
import { readEnvironment } from '../src/main/environment.ts'
import { ModelFolders } from '../src/main/models/model-folders.ts'
import { processesFromSources } from '../src/main/testing/real-studio.fixture.ts'
import { type Canaries, makeCanaries } from './vlm-canaries.ts'
import { measureOverhead } from './vlm-overhead.ts'

/**
 * How fast the vision-language models on this machine are, how often each errs as a judge, and what the studio adds to
 * their own run: `npm run bench:vlm`, with `--models FOLDER` for others than those of the data folder, `--photo FILE`,
 * once for each, for canaries of other people than the samples, and `--no-canaries`, which take long on a processor.
 * Every model is asked the same of two photos in turns; figures are medians of three.
 */
const TIMES = 3
const QUESTIONS = 8
const PHOTO = 'resources/sample/eileen-collins.jpg'
/** In turns: what a model has read of the picture before is kept, and would not be read again. */
const PICTURES = [PHOTO, 'node_modules/@vladmandic/face-api/demo/sample1.jpg']
const PEOPLE = [
  { path: PHOTO, face: null },
  { path: 'node_modules/@vladmandic/face-api/demo/sample1.jpg', face: 0 }
]
/** A step of the studio adds less to the model's own run, ms. */
const MOST_ADDED = 20

interface Figures {
  readonly opened: number
  readonly firstToken: number
  readonly tokensPerSecond: number
  readonly oneQuestion: number
  readonly allQuestions: number
  readonly megabytes: number
}

const seconds = async (work: () => Promise<unknown>) => {
  const from = performance.now()
  await work()
  return (performance.now() - from) / 1000
}

async function median(measure: () => Promise<number>): Promise<number> {
  const measured: number[] = []
  for (let time = 0; time < TIMES; time++) measured.push(await measure())
  return measured.sort((a, b) => a - b)[Math.floor(TIMES / 2)] ?? 0
}

const calling = (onProgress: (progress: Progress) => void = () => {}): CallContext => ({
  signal: new AbortController().signal,
  onProgress
})

/** Of the whole machine, before and with the model, drivers and mapped files included: other programs blur it. */
const usedMegabytes = () => -process.availableMemory() / 1024 ** 2

async function measureModel(model: LocalVlm): Promise<Figures & { readonly runsOn: string }> {
  let turn = 0
  const nextPictures = () => PICTURES.slice(turn++ % PICTURES.length).slice(0, 1)
  const ask = (count: number) =>
    model.ask(
      {
        instructions: 'You judge a portrait photograph. Answer with one word, yes or no.',
        pictures: nextPictures(),
        questions: Array.from({ length: count }, (_, at) => `Is detail number ${at + 1} of the picture natural?`)
      },
      calling()
    )
  const before = usedMegabytes()
  const opened = await seconds(() => model.load(calling()))
  const firstToken = await median(async () => {
    const from = performance.now()
    let first = 0
    const request = {
      messages: [{ role: 'user' as const, text: 'Describe this portrait.', pictures: nextPictures() }],
      maxTokens: 1
    }
    await model.complete(
      request,
      calling(({ activity }) => (first ||= activity === 'Writing' ? performance.now() : 0))
    )
    return (first - from) / 1000
  })
  const tokensPerSecond = await median(async () => {
    let first = 0
    const request = {
      messages: [{ role: 'user' as const, text: 'Describe this portrait.', pictures: nextPictures() }],
      maxTokens: 64
    }
    const onProgress = ({ activity }: Progress) => {
      if (activity === 'Writing') first ||= performance.now()
    }
    const { tokens } = await model.complete(request, calling(onProgress))
    return ((tokens.completion - 1) / (performance.now() - first)) * 1000
  })
  const oneQuestion = await median(() => seconds(() => ask(1)))
  const allQuestions = await median(() => seconds(() => ask(QUESTIONS)))
  const megabytes = usedMegabytes() - before
  const { runsOn = '' } = await model.describe()
  return { opened, firstToken, tokensPerSecond, oneQuestion, allQuestions, megabytes, runsOn }
}

const COMPACT = { head: [], border: [], compact: true }

async function tellModels(models: readonly InstalledVlm[], canaries: Canaries | null): Promise<void> {
  const head = [
    'model',
    'opened',
    'first token',
    'tokens/s',
    'questions/s',
    `${QUESTIONS} questions : 1`,
    'memory',
    'on'
  ]
  const table = new Table({ head, style: COMPACT })
  const judged: string[] = []
  for (const { name, folder } of models) {
    const model = createLocalVlm({ ...processesFromSources(), modelsFolder: folder, model: folder, memoryShare: 1 })
    try {
      const figures = await measureModel(model)
      table.push([
        name,
        `${figures.opened.toFixed(1)} s`,
        `${figures.firstToken.toFixed(2)} s`,
        figures.tokensPerSecond.toFixed(1),
        (QUESTIONS / figures.allQuestions).toFixed(2),
        `${(figures.allQuestions / figures.oneQuestion).toFixed(2)} ×`,
        `${Math.max(0, figures.megabytes).toFixed(0)} MB`,
        figures.runsOn
      ])
      if (canaries) judged.push(calibrationTable(await canaries.rates(model, calling()), new Terminal()))
    } finally {
      await model.stop()
    }
  }
  console.log(table.toString())
  for (const each of judged) console.log(`\n${each}`)
}

async function tellOverhead(): Promise<void> {
  const steps = await measureOverhead()
  const table = new Table({
    head: ['step', 'calls', 'of the studio', 'processor', 'with the way there'],
    style: COMPACT
  })
  for (const { step, calls, ownMs, processorMs, allMs } of steps) {
    const figures = [ownMs, processorMs, allMs].map((ms) => `${ms.toFixed(1)} ms`)
    table.push([step, calls, ...figures])
  }
  const most = Math.max(...steps.map(({ allMs }) => allMs))
  console.log(
    `\nWhat a step adds to the model's own run: ${most.toFixed(1)} ms at most; under ${MOST_ADDED} ms is wanted.`
  )
  console.log(table.toString())
}

const { values } = parseArgs({
  options: {
    models: { type: 'string' },
    photo: { type: 'string', multiple: true },
    'no-canaries': { type: 'boolean' }
  }
})
const folder = values.models ?? new ModelFolders(dataFolderOf(readEnvironment({ variables: process.env }))).root
const models = await installedVlms(folder)
const people = values.photo?.map((path) => ({ path, face: null })) ?? PEOPLE
if (models.length === 0) {
  console.log(
    `There is no vision-language model in ${folder}. Install one: apex-studio models pull smolvlm-256m-instruct`
  )
} else {
  const canaries = values['no-canaries'] ? null : await makeCanaries(people, calling())
  try {
    await tellModels(models, canaries)
  } finally {
    await canaries?.remove()
  }
}
await tellOverhead()
