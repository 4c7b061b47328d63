import type { PromptState } from '../../../domain/prompting/prompt-template.ts'
import { useClient } from '../../state/mirror-context.ts'
import { useDoing } from '../../state/use-doing.ts'
import { usePromptDrafts } from './prompt-drafts.ts'

interface KeepPrompt {
  /** Words of the user's own, or null for those of the studio. */
  readonly keep: (text: string | null) => Promise<void>
  /** Takes the latest change back, and once more does it again; null where there was none. */
  readonly undo: (() => Promise<void>) | null
}

/** Changes the template that is there. Undo stands on the page: a toast would be gone before the words were tried. */
export function useKeepPrompt(now: PromptState, reload: () => Promise<void>): KeepPrompt {
  const client = useClient()
  const doing = useDoing()
  const { before, edit, changed } = usePromptDrafts()
  const { name } = now
  const keep = async (text: string | null) => {
    const put = await doing(() =>
      text === null ? client.call('prompts.reset', { name }) : client.call('prompts.save', { name, text })
    )
    if (!put) return
    changed(now)
    await reload()
  }
  const last = before[name]
  if (!last) return { keep, undo: null }
  // Words that cannot be used are no template: they come back as what is being written.
  const undo = async () => (last.fault === null ? await keep(last.isOwn ? last.text : null) : edit(name, last.text))
  return { keep, undo }
}
