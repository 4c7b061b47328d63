import { create } from 'zustand'
import type { PromptName, PromptState } from '../../../domain/prompting/prompt-template.ts'

interface PromptDrafts {
  /** Words that were written and not saved yet; they wait while other pages are looked at. */
  readonly drafts: Readonly<Partial<Record<PromptName, string>>>
  /** What was there before the latest change, which takes that back. */
  readonly before: Readonly<Partial<Record<PromptName, PromptState>>>
  edit(name: PromptName, text: string): void
  discard(name: PromptName): void
  /** A template was changed: nothing of it is unsaved any more. */
  changed(before: PromptState): void
}

export const usePromptDrafts = create<PromptDrafts>()((set) => {
  const without = (drafts: PromptDrafts['drafts'], name: PromptName) => {
    const { [name]: _, ...others } = drafts
    return others
  }
  return {
    drafts: {},
    before: {},
    edit: (name, text) => set(({ drafts }) => ({ drafts: { ...drafts, [name]: text } })),
    discard: (name) => set(({ drafts }) => ({ drafts: without(drafts, name) })),
    changed: (state) =>
      set(({ drafts, before }) => ({
        drafts: without(drafts, state.name),
        before: { ...before, [state.name]: state }
      }))
  }
})
