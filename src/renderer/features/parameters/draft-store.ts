import { create } from 'zustand'
import type { MeasuredCriterionId } from '../../../domain/criterion.ts'
import type { OwnBackdrop } from '../../../domain/job.ts'
import { type OrderSettings, orderSettingsSchema } from '../../../domain/order.ts'
import { OWN_BACKDROP } from '../../../domain/parameters/background.ts'
import { backdropOf, type Parameters } from '../../../domain/parameters/parameters.ts'
import type { StrictnessLevel } from '../../../domain/strictness.ts'

interface DraftState {
  readonly draft: OrderSettings
  /** The preset the draft was taken from; null after a change. */
  readonly presetId: string | null
  /** The file for the background `own_backdrop`; it stays at hand while another background is tried. */
  readonly backdrop: OwnBackdrop | null
  use(settings: OrderSettings, from?: { readonly presetId?: string; readonly backdrop?: OwnBackdrop | null }): void
  change(change: Partial<OrderSettings>): void
  setParameters(change: Partial<Parameters>): void
  /** Stands behind the person from now on. */
  setBackdrop(backdrop: OwnBackdrop): void
  setStrictness(id: MeasuredCriterionId, level: StrictnessLevel): void
}

/** The order that is being put together. */
export const useDraft = create<DraftState>()((set) => ({
  draft: orderSettingsSchema.parse({}),
  presetId: null,
  backdrop: null,
  use: (draft, { presetId, backdrop } = {}) =>
    set((before) => ({ draft, presetId: presetId ?? null, backdrop: backdrop ?? before.backdrop })),
  change: (change) => set(({ draft }) => ({ draft: { ...draft, ...change }, presetId: null })),
  setParameters: (change) =>
    set(({ draft }) => ({ draft: { ...draft, parameters: { ...draft.parameters, ...change } }, presetId: null })),
  setBackdrop: (backdrop) =>
    set(({ draft }) => ({
      backdrop,
      draft: { ...draft, parameters: { ...draft.parameters, background: OWN_BACKDROP } },
      presetId: null
    })),
  setStrictness: (id, level) =>
    set(({ draft }) => {
      const { [id]: _, ...others } = draft.strictness
      const strictness = level === 'normal' ? others : { ...others, [id]: level }
      return { draft: { ...draft, strictness }, presetId: null }
    })
}))

/** What goes with the order as its backdrop: null for every other background, `missing` where the file is still to be chosen. */
export function orderedBackdrop({
  draft,
  backdrop
}: Pick<DraftState, 'draft' | 'backdrop'>): OwnBackdrop | null | 'missing' {
  return backdropOf(draft.parameters.background)?.kind === 'own' ? (backdrop ?? 'missing') : null
}
