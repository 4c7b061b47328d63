import { type EngineCallName, type EngineCallParams, RESOURCES_VARIABLE } from '../../contract/engine-protocol.ts'
import type { EngineDescription, Examiner, GeneratorAid, ImageGenerator, SwatchRenderer } from '../../domain/engine.ts'
import type { FlawPlanter } from '../../domain/judging/planted-flaw.ts'
import type { CallContext } from '../../domain/progress.ts'
import type { ActivityOfEngine } from './engine-activity.ts'
import type { ForkEngine } from './engine-fork.ts'
import type { EngineLimits } from './engine-limits.ts'
import { EngineProcess } from './engine-process.ts'

export interface BuiltInEngineOptions {
  /** The module every engine process runs: `process.ts` in development, its bundle when built. */
  readonly engineEntry: string
  readonly execArgv?: readonly string[]
  /** The folder with models and places. */
  readonly resources: string
  readonly fork: ForkEngine
  readonly limits?: Partial<EngineLimits>
}

/** How engine processes are started. */
export type EngineProcesses = Pick<BuiltInEngineOptions, 'engineEntry' | 'execArgv' | 'fork'>

export interface BuiltInEngine {
  readonly examiner: Examiner
  readonly generator: ImageGenerator
  readonly swatches: SwatchRenderer
  readonly canaries: FlawPlanter
  /** For generators that paint. */
  readonly aid: GeneratorAid
  /** Of the one process behind all of them. */
  readonly activity: Pick<ActivityOfEngine, 'now' | 'onChanged'>
  stop(): Promise<void>
}

/** The ports of the engine that is always there, over one process of the role `builtin`. */
export function createBuiltInEngine(options: BuiltInEngineOptions): BuiltInEngine {
  const engine = new EngineProcess({
    role: 'builtin',
    entry: options.engineEntry,
    execArgv: options.execArgv ?? [],
    environment: { [RESOURCES_VARIABLE]: options.resources },
    fork: options.fork,
    ...(options.limits && { limits: options.limits })
  })
  const asking =
    <N extends EngineCallName>(name: N) =>
    (params: EngineCallParams<N>, context: CallContext) =>
      engine.call(name, params, context)
  return {
    examiner: {
      describe: onceKnown(() => engine.call('describe', { port: 'examiner' }, quietly())),
      inspect: (path, context) => engine.call('inspect', { path }, context),
      measure: asking('measure'),
      preview: asking('preview')
    },
    generator: {
      describe: onceKnown(() => engine.call('describe', { port: 'generator' }, quietly())),
      generate: asking('generate'),
      finish: asking('finish')
    },
    swatches: { swatch: asking('swatch') },
    canaries: { plant: asking('plant') },
    aid: {
      cropReference: asking('cropReference'),
      frameReference: asking('frameReference'),
      frame: asking('frame')
    },
    activity: engine.activity,
    stop: () => engine.stop()
  }
}

function quietly(): CallContext {
  return { signal: new AbortController().signal, onProgress: () => {} }
}

/** A description does not change while the studio runs, so it need not queue behind a portrait being made. */
function onceKnown(ask: () => Promise<EngineDescription>): () => Promise<EngineDescription> {
  let known: EngineDescription | undefined
  return async () => {
    known ??= await ask()
    return known
  }
}
