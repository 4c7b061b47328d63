import { say } from '../../../domain/sentences/say.ts'
import { type FluxProtocol, fluxProtocolAt } from '../probe-server.ts'
import { Patience } from '../remote/patience.ts'
import type { RemoteServer } from '../remote/remote-server.ts'
import { RequestRefused } from '../remote/server-fault.ts'
import { FluxExchange } from './flux-exchange.ts'
import type { FluxOrder } from './flux-order.ts'
import { EDITS, editForm, GENERATIONS, generationBody, pictureOfImages } from './images-api.ts'
import type { RemoteFluxLimits } from './limits.ts'
import { GENERATE, pictureOfSeed, seedForm } from './seed-api.ts'

/** What a server made. */
export interface RemotePicture {
  readonly bytes: Buffer
  /** Said to the photographer. */
  readonly notes: readonly string[]
}

/** One Flux server: finds out how it is spoken to, and has it make pictures. */
export class FluxServer {
  readonly server: RemoteServer
  readonly #exchange: FluxExchange
  readonly #patience: Patience
  #protocol: FluxProtocol | undefined
  /** Whether the server takes seed, steps and guidance beside OpenAI's own parameters. */
  #takesExtras = true
  #atWork = 0

  constructor(server: RemoteServer, limits: RemoteFluxLimits) {
    this.server = server
    this.#exchange = new FluxExchange(server, limits)
    this.#patience = new Patience(limits)
  }

  /** Orders it works on for this studio. */
  get atWork(): number {
    return this.#atWork
  }

  /** Asked once; anew after it was away, since another server may have come up in its place. @throws as `fluxProtocolAt` */
  async protocol(signal: AbortSignal): Promise<FluxProtocol> {
    this.#protocol ??= await fluxProtocolAt(this.server, signal)
    return this.#protocol
  }

  /**
   * @throws StudioError `engine-unavailable` while it is away, `engine-refused` where it does not take the order,
   *   `engine-output-invalid` where it answers with no picture, `cancelled`
   */
  async make(order: FluxOrder, jobId: string, signal: AbortSignal): Promise<RemotePicture> {
    this.#atWork += 1
    try {
      return await this.#patience.run(() => this.#once(order, jobId, signal), signal)
    } catch (thrown) {
      this.#protocol = undefined
      throw thrown
    } finally {
      this.#atWork -= 1
    }
  }

  async close(): Promise<void> {
    await this.#exchange.close()
  }

  async #once(order: FluxOrder, jobId: string, signal: AbortSignal): Promise<RemotePicture> {
    const protocol = await this.protocol(signal)
    if (protocol.kind === 'images') return await this.#byImagesApi(order, protocol, signal)
    const bytes = await this.#exchange.post(GENERATE, await seedForm(order, jobId), pictureOfSeed, signal)
    const chose = 'The Flux server chose size and seed by itself: the seed system’s /generate takes none.'
    const count = order.references.length
    return { bytes, notes: count > 1 ? [say('photos-not-all-seen', { seen: 1, count }), chose] : [chose] }
  }

  async #byImagesApi(
    order: FluxOrder,
    protocol: Extract<FluxProtocol, { kind: 'images' }>,
    signal: AbortSignal
  ): Promise<RemotePicture> {
    const [model] = protocol.models
    const isEdit = protocol.edits && order.references.length > 0
    const send = async (extras: boolean) => {
      const body = isEdit ? await editForm(order, model, extras) : generationBody(order, model, extras)
      return await this.#exchange.post(isEdit ? EDITS : GENERATIONS, body, pictureOfImages, signal)
    }
    const notes =
      isEdit || order.references.length === 0 ? [] : ['The Flux server was not shown the photo: it takes none.']
    if (this.#takesExtras) {
      try {
        return { bytes: await send(true), notes }
      } catch (thrown) {
        if (!(thrown instanceof RequestRefused) || !isAboutExtras(thrown)) throw thrown
        this.#takesExtras = false
      }
    }
    return {
      bytes: await send(false),
      notes: [...notes, 'The Flux server takes no seed: it cannot make this picture again.']
    }
  }
}

const EXTRAS = /seed|num_inference_steps|guidance_scale|negative_prompt|extra (?:inputs|fields)|unknown param/i

const isAboutExtras = ({ status, says }: RequestRefused) => (status === 400 || status === 422) && EXTRAS.test(says)
