import { parseArgs } from 'node:util'
import Table from 'cli-table3'
import type { CallContext, Progress } from '../src/domain/progress.ts'
import { dataFolderOf } from '../src/main/data-folder.ts'
import { type InstalledVlm, installedVlms } from '../src/main/engines/installed-vlms.ts'
import { createLocalVlm } from '../src/main/engines/local-vlm.ts'
import { readEnvironment } from '../src/main/environment.ts'
import { ModelFolders } from '../src/main/models/model-folders.ts'
import { processesFromSources } from '../src/main/testing/real-studio.fixture.ts'

/**
 * How fast the vision-language models on this machine are: `npm run bench:vlm`, with `--models FOLDER` for others than
 * those of the data folder. Every model is asked the same of one photo; figures are medians of three.
 */
const TIMES = 3
const QUESTIONS = 8
const PHOTO = 'resources/sample/eileen-collins.jpg'

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

async function measureModel({ folder }: InstalledVlm): Promise<Figures & { readonly runsOn: string }> {
  const model = createLocalVlm({ ...processesFromSources(), modelsFolder: folder, model: folder, memoryShare: 1 })
  const ask = (count: number) =>
    model.ask(
      {
        instructions: 'You judge a portrait photograph. Answer with one word, yes or no.',
        pictures: [PHOTO],
        questions: Array.from({ length: count }, (_, at) => `Is detail number ${at + 1} of the picture natural?`)
      },
      calling()
    )
  try {
    const before = usedMegabytes()
    const opened = await seconds(() => model.load(calling()))
    const firstToken = await median(async () => {
      const from = performance.now()
      let first = 0
      const request = {
        messages: [{ role: 'user' as const, text: 'Describe this portrait.', pictures: [PHOTO] }],
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
        messages: [{ role: 'user' as const, text: 'Describe this portrait.', pictures: [PHOTO] }],
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
  } finally {
    await model.stop()
  }
}

const { values } = parseArgs({ options: { models: { type: 'string' } } })
const folder = values.models ?? new ModelFolders(dataFolderOf(readEnvironment({ variables: process.env }))).root
const models = await installedVlms(folder)
if (models.length === 0) {
  console.log(
    `There is no vision-language model in ${folder}. Install one: apex-studio models pull smolvlm-256m-instruct`
  )
} else {
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
  const table = new Table({ head, style: { head: [], border: [], compact: true } })
  for (const model of models) {
    const figures = await measureModel(model)
    table.push([
      model.name,
      `${figures.opened.toFixed(1)} s`,
      `${figures.firstToken.toFixed(2)} s`,
      figures.tokensPerSecond.toFixed(1),
      (QUESTIONS / figures.allQuestions).toFixed(2),
      `${(figures.allQuestions / figures.oneQuestion).toFixed(2)} ×`,
      `${Math.max(0, figures.megabytes).toFixed(0)} MB`,
      figures.runsOn
    ])
  }
  console.log(table.toString())
}
