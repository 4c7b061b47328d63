import type { FluxLayout } from '../layout/flux-layout.ts'
import type { GraphFile } from '../layout/graph-file.ts'
import { type GraphSession, openGraph } from './graph-session.ts'

type Part = 'textEncoder' | 'textEncoder2' | 'transformer' | 'vaeEncoder' | 'vaeDecoder'

/** The graphs of one model as sessions: opened when they are needed, and kept or given back as the plan says. */
export class OpenParts {
  readonly layout: FluxLayout
  readonly #open = new Map<Part, GraphSession>()

  constructor(layout: FluxLayout) {
    this.layout = layout
  }

  /**
   * Runs work on a part. Where parts are not kept, the others are given back before it is opened.
   * @throws StudioError of `openGraph`, what `work` throws
   */
  async with<T>(part: Part, keepsAll: boolean, work: (session: GraphSession) => Promise<T>): Promise<T> {
    const graph: GraphFile | null = this.layout[part]
    if (graph === null) throw new RangeError(`The model has no ${part}.`)
    if (!keepsAll) await this.release([part])
    const session = this.#open.get(part) ?? (await openGraph(graph))
    this.#open.set(part, session)
    return await work(session)
  }

  /** Gives the memory back of all but these. */
  async release(but: readonly Part[] = []): Promise<void> {
    for (const [part, session] of this.#open) {
      if (but.includes(part)) continue
      this.#open.delete(part)
      await session.release()
    }
  }
}
