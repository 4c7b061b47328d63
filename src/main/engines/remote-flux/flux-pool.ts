import { StudioError, toStudioError } from '../../../domain/errors.ts'
import type { FluxProtocol } from '../probe-server.ts'
import type { RemoteServer } from '../remote/remote-server.ts'
import type { FluxOrder } from './flux-order.ts'
import { FluxServer, type RemotePicture } from './flux-server.ts'
import type { RemoteFluxLimits } from './limits.ts'

/** Several Flux servers as one: each order goes to the one with the least to do, and to the next where that is away. */
export class FluxPool {
  readonly #servers: readonly FluxServer[]

  constructor(servers: readonly RemoteServer[], limits: RemoteFluxLimits) {
    this.#servers = servers.map((server) => new FluxServer(server, limits))
  }

  /** How the first of them that answers is spoken to. @throws StudioError `engine-unavailable` of the last where none does */
  async protocol(signal: AbortSignal): Promise<FluxProtocol> {
    return await this.#firstOf((server) => server.protocol(signal), signal)
  }

  /** @throws as `FluxServer.make`; `engine-unavailable` only where every server is away */
  async make(order: FluxOrder, jobId: string, signal: AbortSignal): Promise<RemotePicture> {
    return await this.#firstOf((server) => server.make(order, jobId, signal), signal)
  }

  async close(): Promise<void> {
    await Promise.all(this.#servers.map((server) => server.close()))
  }

  async #firstOf<T>(ask: (server: FluxServer) => Promise<T>, signal: AbortSignal): Promise<T> {
    let away: StudioError | undefined
    for (const server of this.#servers.toSorted((one, other) => one.atWork - other.atWork)) {
      try {
        return await ask(server)
      } catch (thrown) {
        const error = toStudioError(thrown)
        if (signal.aborted || error.code !== 'engine-unavailable') throw thrown
        away = error
      }
    }
    throw away ?? new StudioError('engine-unavailable', 'No Flux server is set.')
  }
}
