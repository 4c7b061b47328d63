import type { EngineState } from '../../contract/studio/studio-calls.ts'
import type { EngineDescription } from '../../domain/engine.ts'
import { serializeError } from '../../domain/errors.ts'
import type { Studio, StudioEngine } from '../studio.ts'

/** Between two steps of a job an engine rests for a moment that nobody wants to see, milliseconds. */
const SETTLE_MS = 80

/** Every engine with what it is, as far as is known, and what it is at. */
export class EngineStates {
  readonly #studio: Pick<Studio, 'engines' | 'chooseEngines'>
  readonly #known = new Map<StudioEngine, EngineDescription>()
  /** By port and name: a generator and a language model may both be called `remote`. */
  #preferred: ReadonlySet<string> = new Set()

  constructor(studio: Pick<Studio, 'engines' | 'chooseEngines'>) {
    this.#studio = studio
  }

  /** Asks those that are not known yet, which starts them. */
  async ask(): Promise<EngineState[]> {
    const { engines, chooseEngines } = this.#studio
    const failures = new Map<StudioEngine, unknown>()
    await Promise.all(
      engines.map(async (engine) => {
        await engine.describe().then(
          (description) => this.#known.set(engine, description),
          (thrown: unknown) => failures.set(engine, thrown)
        )
      })
    )
    const chosen = await chooseEngines({ generator: null, vlm: null }).catch(() => null)
    if (chosen) {
      const ports = ['generator', 'vlm', 'examiner'] as const
      const names = await Promise.all(
        ports.map(async (port) => {
          const description = await chosen[port].describe().catch(() => null)
          return description ? [`${port} ${description.engine}`] : []
        })
      )
      this.#preferred = new Set(names.flat())
    }
    return engines.map((engine) => {
      const state = this.#stateOf(engine)
      if (!failures.has(engine)) return state
      return { ...state, state: 'away', error: serializeError(failures.get(engine)) }
    })
  }

  /** Tells every change until the function it returns is called. Asks nobody: an engine that is away would start anew. */
  relay(tell: (engines: EngineState[]) => void): () => void {
    let timer: NodeJS.Timeout | undefined
    const soon = () => {
      timer ??= setTimeout(() => {
        timer = undefined
        tell(this.#studio.engines.map((engine) => this.#stateOf(engine)))
      }, SETTLE_MS)
    }
    const activities = new Set(this.#studio.engines.map(({ activity }) => activity))
    const stops = [...activities].map((activity) => activity?.onChanged(soon))
    return () => {
      clearTimeout(timer)
      for (const stop of stops) stop?.()
    }
  }

  #stateOf(engine: StudioEngine): EngineState {
    const { port, label, activity } = engine
    const description = this.#known.get(engine) ?? null
    const { state, error } = activity?.now ?? { state: 'ready', error: null }
    const isInstalled = description?.unavailable === undefined
    return {
      port,
      engine: description?.engine ?? '',
      label: description?.label ?? label,
      state: isInstalled ? state : 'uninstalled',
      description,
      preferred: description !== null && this.#preferred.has(`${port} ${description.engine}`),
      error: isInstalled && error ? serializeError(error) : null
    }
  }
}
