import type { YesNoAnswer, YesNoRequest } from '../../domain/chat-model.ts'
import type { CallContext } from '../../domain/progress.ts'
import { lastLogProbabilities } from './logits.ts'
import type { OpenModel } from './open-model.ts'
import { atLastPicture, type ReadSoFar, readOn, readPrefix, release } from './picture-prefix.ts'
import { renderPrompt } from './prompt.ts'
import { yesNoOf, yesNoTokens } from './yes-no-tokens.ts'

/** Generous: pictures are a thousand tokens and more, all read in one step, which an old processor takes minutes for. */
const PREFIX_MS = 900_000
const QUESTION_MS = 120_000

/**
 * The pictures and all that every question has in common are read once; their keys and values serve each question.
 * @throws StudioError of a picture, `request-invalid`, `engine-output-invalid`, `cancelled`.
 */
export async function askYesNo(
  model: OpenModel,
  request: YesNoRequest,
  { signal, onProgress }: CallContext
): Promise<YesNoAnswer[]> {
  const total = request.questions.length + 1
  const progress = (activity: string, done: number, withinMs: number) => onProgress({ activity, done, total, withinMs })
  progress('Looking at the picture', 0, PREFIX_MS)
  const prompts = request.questions.map((question) => {
    const text = `${request.instructions}\n\n${question}`
    return renderPrompt(model, [{ role: 'user', text, pictures: request.pictures }])
  })
  const { beginning, endings } = atLastPicture(model, prompts)
  const following = { ending: Math.max(...endings.map((ending) => ending.length)), answer: 1 }
  const prefix = await readPrefix(model, beginning, request.pictures, following, signal)
  const shared = sharedBeginning(endings)
  const read: ReadSoFar[] = [prefix]
  try {
    signal.throwIfAborted()
    const common = shared === 0 ? prefix : await readOn(model, prefix, (endings[0] ?? []).slice(0, shared))
    if (common !== prefix) read.push(common)
    const tokens = yesNoTokens(model)
    const answers: YesNoAnswer[] = []
    for (const [at, ending] of endings.entries()) {
      signal.throwIfAborted()
      progress('Answering questions about the picture', at + 1, QUESTION_MS)
      const asked = await readOn(model, common, ending.slice(shared))
      answers.push(yesNoOf(lastLogProbabilities(asked.logits), tokens))
      await release(asked)
    }
    return answers
  } finally {
    await Promise.all(read.map(release))
  }
}

/** How many tokens all begin with, leaving at least one to each. */
function sharedBeginning(endings: readonly (readonly number[])[]): number {
  const [first = []] = endings
  const most = Math.min(...endings.map((ending) => ending.length)) - 1
  let shared = 0
  while (shared < most && endings.every((ending) => ending[shared] === first[shared])) shared++
  return shared
}
