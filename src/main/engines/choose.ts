import type {
  EngineDescription,
  EngineSet,
  Examiner,
  ImageGenerator,
  VisionLanguageModel
} from '../../domain/engine.ts'
import { StudioError } from '../../domain/errors.ts'
import { say } from '../../domain/sentences/say.ts'
import type { WorkerAbilities } from '../store/job-repository.ts'

export interface EngineChooserOptions {
  readonly examiner: Examiner
  /** The engines there are now, the preferred one first; the built-in ones come last and are always there. */
  readonly generators: () => Promise<readonly ImageGenerator[]>
  /** As they; one that says it is unavailable is only for those who name it. */
  readonly vlms: readonly VisionLanguageModel[]
  /** What the environment names for jobs that name nothing. */
  readonly environment?: { readonly generator?: string | undefined; readonly vlm?: string | undefined }
}

/** Which job it is for makes no difference. */
export type EngineChooser = (job: unknown, generator: string | null, vlm: string | null) => Promise<EngineSet>

/**
 * What the job names wins, then what the environment names, else the preferred one of those there are. A name is
 * binding: an engine that is away makes the job wait, and never becomes another one. The chooser throws StudioError
 * `engine-unknown` with the names there are.
 */
export function createEngineChooser(options: EngineChooserOptions): EngineChooser {
  const { examiner, generators, vlms, environment } = options
  return async (_job, generator, vlm) => {
    const [chosenGenerator, chosenVlm] = await Promise.all([
      pick('image generator', await generators(), generator, environment?.generator),
      pick('vision-language model', vlms, vlm, environment?.vlm)
    ])
    return {
      examiner,
      generator: generatorSaying(chosenGenerator),
      vlm: vlmSaying(chosenVlm)
    }
  }
}

/** The names of the engines there are. @throws StudioError of an engine that cannot be asked. */
export async function abilitiesOf({
  generators,
  vlms
}: Pick<EngineChooserOptions, 'generators' | 'vlms'>): Promise<WorkerAbilities> {
  const names = (engines: readonly { describe(): Promise<EngineDescription> }[]) =>
    Promise.all(engines.map((engine) => engine.describe())).then((described) =>
      described.filter(({ unavailable }) => unavailable === undefined).map(({ engine }) => engine)
    )
  const [ofGenerators, ofVlms] = await Promise.all([names(await generators()), names(vlms)])
  return { generators: ofGenerators, vlms: ofVlms }
}

interface Chosen<E> {
  readonly engine: E
  /** Undefined where the engine's own words say it best. */
  readonly reason: string | undefined
}

async function pick<E extends { describe(): Promise<EngineDescription> }>(
  port: string,
  engines: readonly E[],
  asked: string | null,
  inEnvironment: string | undefined
): Promise<Chosen<E>> {
  const wanted = asked ?? inEnvironment
  const described = await Promise.all(
    engines.map(async (engine) => {
      const { engine: name, unavailable } = await engine.describe()
      return { engine, name, unavailable }
    })
  )
  if (wanted === undefined) {
    const first = described.find(({ unavailable }) => unavailable === undefined)
    if (!first) throw new StudioError('engine-unknown', `There is no ${port}.`)
    return { engine: first.engine, reason: undefined }
  }
  const found = described.find(({ name }) => name === wanted.trim().toLowerCase())
  if (!found) {
    const names = described.map(({ name }) => name)
    throw new StudioError('engine-unknown', `There is no ${port} "${wanted}".`, {
      hint: `Choose one of: ${names.join(', ')}.`,
      details: { engines: names }
    })
  }
  return { engine: found.engine, reason: say(asked === null ? 'engine-by-environment' : 'engine-by-order') }
}

async function saying(engine: { describe(): Promise<EngineDescription> }, reason: string): Promise<EngineDescription> {
  return { ...(await engine.describe()), reason }
}

function generatorSaying({ engine, reason }: Chosen<ImageGenerator>): ImageGenerator {
  if (reason === undefined) return engine
  return {
    describe: () => saying(engine, reason),
    generate: (request, context) => engine.generate(request, context),
    finish: (request, context) => engine.finish(request, context),
    ...(engine.promptLength && { promptLength: engine.promptLength })
  }
}

function vlmSaying({ engine, reason }: Chosen<VisionLanguageModel>): VisionLanguageModel {
  if (reason === undefined) return engine
  return {
    describe: () => saying(engine, reason),
    writeBrief: (request, context) => engine.writeBrief(request, context),
    judge: (request, context) => engine.judge(request, context),
    prefer: (request, context) => engine.prefer(request, context),
    tune: (request, context) => engine.tune(request, context),
    report: (job, context) => engine.report(job, context)
  }
}
