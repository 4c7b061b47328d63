import { create } from 'zustand'
import type { MeasuredCriterionId } from '../../../domain/criterion.ts'
import { type OrderSettings, orderSettingsSchema } from '../../../domain/order.ts'
import type { Parameters } from '../../../domain/parameters/parameters.ts'
import type { StrictnessLevel } from '../../../domain/strictness.ts'

interface DraftState {
  readonly draft: OrderSettings
  /** The preset the draft was taken from; null after a change. */
  readonly presetId: string | null
  use(settings: OrderSettings, presetId?: string): void
  change(change: Partial<OrderSettings>): void
  setParameters(change: Partial<Parameters>): void
  setStrictness(id: MeasuredCriterionId, level: StrictnessLevel): void
}

/** The order that is being put together. */
export const useDraft = create<DraftState>()((set) => ({
  draft: orderSettingsSchema.parse({}),
  presetId: null,
  use: (draft, presetId) => set({ draft, presetId: presetId ?? null }),
  change: (change) => set(({ draft }) => ({ draft: { ...draft, ...change }, presetId: null })),
  setParameters: (change) =>
    set(({ draft }) => ({ draft: { ...draft, parameters: { ...draft.parameters, ...change } }, presetId: null })),
  setStrictness: (id, level) =>
    set(({ draft }) => {
      const { [id]: _, ...others } = draft.strictness
      const strictness = level === 'normal' ? others : { ...others, [id]: level }
      return { draft: { ...draft, strictness }, presetId: null }
    })
}))
