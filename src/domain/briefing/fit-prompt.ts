import type { Brief } from '../brief.ts'
import type { BriefRequest } from '../engine.ts'
import type { CallContext } from '../progress.ts'
import { say } from '../sentences/say.ts'
import { isTooLong, lengthInWords, lengthSays, type PromptLength } from './prompt-length.ts'
import { shortenPrompt } from './shorten-prompt.ts'

/** How long a prompt is for the generator of a request; null where it reads none. @throws StudioError of that engine */
export async function measuredFor(
  { generator, promptLength }: BriefRequest,
  prompt: string,
  context: CallContext
): Promise<PromptLength | null> {
  if (generator.kind !== 'generative') return null
  return promptLength ? await promptLength(prompt, context) : lengthInWords(prompt)
}

/**
 * A brief whose prompt its generator reads to the end, whoever wrote it: a text encoder leaves out what is beyond its
 * length, and nobody would be told.
 */
export async function fitPrompt(
  brief: Brief,
  request: BriefRequest & { readonly history?: readonly Brief[] },
  context: CallContext
): Promise<Brief> {
  const length = await measuredFor(request, brief.prompt, context)
  if (length === null || !isTooLong(length)) return brief
  const sentences = ({ repairs }: Brief) =>
    repairs.flatMap(({ setting, to }) => (setting === 'prompt' ? String(to) : []))
  const what = {
    parameters: request.parameters,
    repairs: sentences(brief),
    earlier: (request.history ?? []).flatMap(sentences)
  }
  const prompt = await shortenPrompt(brief.prompt, what, async (shorter) => {
    const measured = await measuredFor(request, shorter, context)
    return measured !== null && isTooLong(measured)
  })
  const note = `${say('prompt-shortened')} ${lengthSays(length)}`
  return { ...brief, prompt, note: brief.note === undefined ? note : `${brief.note} ${note}` }
}
