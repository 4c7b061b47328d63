import type { PromptLength } from '../../../domain/briefing/prompt-length.ts'
import { promptTokens } from './encode-prompt.ts'
import { openModel } from './open-model.ts'

/** How much of a prompt a model reads, by its own tokenizer; its weights stay closed. @throws StudioError of `openFluxLayout` */
export async function measurePrompt({ model, prompt }: { model: string; prompt: string }): Promise<PromptLength> {
  const { layout } = await openModel(model)
  const { long } = await promptTokens(layout, prompt)
  return { length: long.length, most: layout.family.textTokens, unit: 'tokens' }
}
