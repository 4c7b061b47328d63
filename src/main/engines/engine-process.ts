import {
  ENGINE_CALLS,
  type EngineCallName,
  type EngineCallParams,
  type EngineCallResult,
  type EngineRole
} from '../../contract/engine-protocol.ts'
import { StudioError } from '../../domain/errors.ts'
import type { CallContext } from '../../domain/progress.ts'
import { STUDIO_VERSION } from '../../domain/studio-version.ts'
import { unlessCancelled } from './cancellation.ts'
import { EngineConnection } from './engine-connection.ts'
import type { ForkEngine, ForkRequest } from './engine-fork.ts'
import { ENGINE_LIMITS, type EngineLimits } from './engine-limits.ts'
import { Turns } from './turns.ts'

export interface EngineProcessOptions extends Omit<ForkRequest, 'args'> {
  readonly role: EngineRole
  readonly fork: ForkEngine
  readonly limits?: Partial<EngineLimits>
}

/**
 * An engine in a process of its own. The process starts with the first call, is replaced after it has died, and is
 * stopped when it has had nothing to do for a while. Whatever happens in it, this process only sees a StudioError.
 */
export class EngineProcess {
  readonly #options: EngineProcessOptions
  readonly #limits: EngineLimits
  readonly #turns = new Turns()
  #connection: EngineConnection | undefined
  #idle: NodeJS.Timeout | undefined
  #closed = false

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
      clearTimeout(this.#idle)
      const schemas = ENGINE_CALLS[name]
      try {
        const sent = parsed(name, schemas.params.safeParse(params))
        const connection = this.#connect()
        await unlessCancelled(connection.ready(), context.signal)
        return parsed(name, schemas.result.safeParse(await connection.call(name, sent, context)))
      } finally {
        this.#idle = setTimeout(() => void this.#connection?.stop(), this.#limits.idleMs).unref()
      }
    })
  }

  /** Ends the process, and whatever it works on; no call is taken any more. */
  async stop(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#idle)
    await this.#connection?.stop()
  }

  #connect(): EngineConnection {
    if (this.#closed) throw new StudioError('engine-unavailable', 'The engine was stopped with the studio.')
    if (this.#connection?.alive) return this.#connection
    const { role, fork, entry, execArgv, environment } = this.#options
    const child = fork({ entry, execArgv, environment, args: [role] })
    this.#connection = new EngineConnection(child, { role, version: STUDIO_VERSION }, this.#limits)
    return this.#connection
  }
}

function parsed<T>(name: EngineCallName, result: { success: true; data: T } | { success: false; error: Error }): T {
  if (result.success) return result.data
  throw new StudioError('engine-protocol', `What was said in the call "${name}" does not fit the protocol.`, {
    cause: result.error
  })
}
