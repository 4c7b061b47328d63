import {
  ENGINE_CALLS,
  type EngineCallName,
  type EngineCallParams,
  type EngineCallResult,
  type EngineRole,
  FRUGAL_VARIABLE
} from '../../contract/engine-protocol.ts'
import { type ErrorCode, StudioError, toStudioError } from '../../domain/errors.ts'
import type { CallContext } from '../../domain/progress.ts'
import { STUDIO_VERSION } from '../../domain/studio-version.ts'
import { unlessCancelled } from './cancellation.ts'
import { ActivityOfEngine } from './engine-activity.ts'
import { EngineConnection } from './engine-connection.ts'
import type { ForkEngine, ForkRequest } from './engine-fork.ts'
import { ENGINE_LIMITS, type EngineLimits } from './engine-limits.ts'
import { Turns } from './turns.ts'

export interface EngineProcessOptions extends Omit<ForkRequest, 'args'> {
  readonly role: EngineRole
  readonly fork: ForkEngine
  readonly limits?: Partial<EngineLimits>
}

/** After these the next try gets a process that makes do with little memory: for want of it many libraries just crash. */
const MAYBE_MEMORY: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['engine-out-of-memory', 'engine-crashed'])

/**
 * An engine in a process of its own. The process starts with the first call, is replaced after it has died, by a frugal
 * one where memory may have been short, and is stopped when it has had nothing to do for a while. Whatever happens in
 * it, this process only sees a StudioError.
 */
export class EngineProcess {
  readonly #options: EngineProcessOptions
  readonly #limits: EngineLimits
  readonly #turns = new Turns()
  readonly activity = new ActivityOfEngine()
  #connection: EngineConnection | undefined
  #idle: NodeJS.Timeout | undefined
  #closed = false
  /** Until there is nothing to do for a while. */
  #isFrugal = false

  constructor(options: EngineProcessOptions) {
    this.#options = options
    this.#limits = { ...ENGINE_LIMITS, ...options.limits }
  }

  /** Undefined while no process runs. */
  get pid(): number | undefined {
    return this.#connection?.alive ? this.#connection.pid : undefined
  }

  /**
   * Calls are answered one after the other. When the promise settles the process no longer works on the call.
   * @throws StudioError the engine's own, or `cancelled`, `engine-crashed`, `engine-out-of-memory`, `engine-timeout`,
   *   `engine-protocol`, `engine-unavailable` once stopped.
   */
  call<N extends EngineCallName>(
    name: N,
    params: EngineCallParams<N>,
    context: CallContext
  ): Promise<EngineCallResult<N>> {
    return this.#turns.run(context.signal, async () => {
      const schemas = ENGINE_CALLS[name]
      const sent = parsed(name, schemas.params.safeParse(params))
      clearTimeout(this.#idle)
      let isUp = false
      try {
        const connection = this.#connect()
        this.activity.is('busy')
        await unlessCancelled(connection.ready(), context.signal)
        isUp = true
        const result = parsed(name, schemas.result.safeParse(await connection.call(name, sent, context)))
        this.activity.is('ready')
        return result
      } catch (thrown) {
        const error = toStudioError(thrown)
        this.#failed(error, isUp)
        if (MAYBE_MEMORY.has(error.code)) await this.#becomeFrugal()
        throw thrown
      } finally {
        this.#idle = setTimeout(() => void this.#rest(), this.#limits.idleMs).unref()
      }
    })
  }

  /** Ends the process, and whatever it works on; no call is taken any more. */
  async stop(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#idle)
    await this.#connection?.stop()
  }

  /** Ends the process once its calls are answered, for its memory; the next call starts another. */
  async release(): Promise<void> {
    await this.#turns.run(new AbortController().signal, async () => await this.#rest())
  }

  /** An error of the engine's own leaves it ready for the next call; after others its process is gone. */
  #failed(error: StudioError, wasUp: boolean): void {
    if (this.#connection?.alive) this.activity.is('ready')
    else if (error.code === 'cancelled' || this.#closed) this.activity.is('idle')
    else this.activity.is(wasUp ? 'idle' : 'away', error)
  }

  /** The next call finds a frugal process, even where this one lives on. */
  async #becomeFrugal(): Promise<void> {
    if (this.#isFrugal) return
    this.#isFrugal = true
    await this.#connection?.stop()
  }

  async #rest(): Promise<void> {
    this.#isFrugal = false
    await this.#connection?.stop()
  }

  #connect(): EngineConnection {
    if (this.#closed) throw new StudioError('engine-unavailable', 'The engine was stopped with the studio.')
    if (this.#connection?.alive) return this.#connection
    const { role, fork, entry, execArgv } = this.#options
    const environment = { ...this.#options.environment, [FRUGAL_VARIABLE]: this.#isFrugal ? '1' : '' }
    const child = fork({ entry, execArgv, environment, args: [role] })
    const connection = new EngineConnection(child, { role, version: STUDIO_VERSION }, this.#limits)
    this.#connection = connection
    // In a call its caller is told; ended for want of work, or killed from outside, it is merely not there.
    void connection.gone.then(() => {
      if (this.#connection === connection && this.activity.now.state === 'ready') this.activity.is('idle')
    })
    return connection
  }
}

function parsed<T>(name: EngineCallName, result: { success: true; data: T } | { success: false; error: Error }): T {
  if (result.success) return result.data
  throw new StudioError('engine-protocol', `What was said in the call "${name}" does not fit the protocol.`, {
    cause: result.error
  })
}
