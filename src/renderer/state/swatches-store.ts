import { createStore, type StoreApi } from 'zustand/vanilla'
import type { StudioClient } from '../../contract/studio/client.ts'
import type { Swatch } from '../../contract/studio/studio-calls.ts'
import type { OwnBackdrop } from '../../domain/job.ts'

export interface SwatchOrder {
  readonly photoId: string | null
  readonly of: 'background' | 'lighting'
  readonly ids: readonly string[]
  readonly background?: string
  readonly lighting?: string
  /** Of the background `own_backdrop`. */
  readonly backdrop?: OwnBackdrop | null
}

/** A few at a time: the first are there soon, and another photo does not wait for the rest. */
const AT_A_TIME = 4

type Swatches = ReadonlyMap<string, Swatch>

const contextOf = ({ photoId, of, background, lighting, backdrop }: SwatchOrder) =>
  [photoId, of, background, lighting, backdrop?.artifact].join(' ')

/** Which of these pictures are known, and the making of the others. */
export interface SwatchesStore {
  readonly store: StoreApi<{ readonly known: ReadonlyMap<string, Swatches> }>
  of(order: SwatchOrder): Swatches
  render(order: SwatchOrder, signal: AbortSignal): Promise<void>
}

export function createSwatchesStore(client: StudioClient): SwatchesStore {
  const store = createStore<{ readonly known: ReadonlyMap<string, Swatches> }>()(() => ({ known: new Map() }))
  const none: Swatches = new Map()
  const of = (order: SwatchOrder) => store.getState().known.get(contextOf(order)) ?? none
  return {
    store,
    of,
    async render(order, signal) {
      const { photoId, of: kind, background, lighting, backdrop = null } = order
      const missing = order.ids.filter((id) => !of(order).has(id))
      for (let at = 0; at < missing.length && !signal.aborted; at += AT_A_TIME) {
        const { swatches } = await client.call(
          'swatches.render',
          {
            photoId,
            of: kind,
            ids: missing.slice(at, at + AT_A_TIME),
            backdrop,
            ...(background !== undefined && { background }),
            ...(lighting !== undefined && { lighting })
          },
          { signal }
        )
        const next = new Map(of(order))
        for (const swatch of swatches) next.set(swatch.id, swatch)
        store.setState(({ known }) => ({ known: new Map(known).set(contextOf(order), next) }))
      }
    }
  }
}
