import { z } from 'zod'
import type { ChatMessage, ChatModel } from '../../domain/chat-model.ts'
import { type ErrorCode, toStudioError } from '../../domain/errors.ts'
import type { CallContext } from '../../domain/progress.ts'
import { say } from '../../domain/sentences/say.ts'
import { jsonInText } from './json-in-text.ts'

export interface JsonTask<T> {
  /** Of the schema: letters and underscores. */
  readonly name: string
  readonly schema: z.ZodType<T>
  readonly instructions: string
  readonly text: string
  readonly pictures: readonly string[]
  readonly maxTokens: number
  /** What is wrong with an answer that fits the schema, in sentences that the model is told. */
  readonly check: (value: T) => Promise<readonly string[]>
}

export interface JsonOutcome<T> {
  /** The answer with least wrong in it; null where none fitted the schema. */
  readonly value: T | null
  /** What is still wrong. */
  readonly problems: readonly string[]
}

/** Characters of a wrong answer that the model is shown again. */
const MOST_SHOWN = 3_000
/** Of each time that one thing is asked: who said the same wrong thing twice says something else at some temperature. */
const TEMPERATURES = [0, 0.3, 0.6]

/**
 * The model's own faults: another of its answers may be better, and without one there are the rules. `request-invalid`:
 * what it is told is more than it can hold.
 */
const OF_THE_ANSWER: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'engine-output-invalid',
  'engine-refused',
  'request-invalid'
])

/**
 * Has a model answer in JSON that fits a schema and passes a check; told what is wrong with an answer, it answers again.
 * @throws StudioError of a model that is away, `cancelled`
 */
export async function completeJson<T>(
  model: ChatModel,
  task: JsonTask<T>,
  context: CallContext
): Promise<JsonOutcome<T>> {
  const jsonSchema = { name: task.name, schema: z.record(z.string(), z.unknown()).parse(z.toJSONSchema(task.schema)) }
  const messages: ChatMessage[] = [
    { role: 'system', text: task.instructions, pictures: [] },
    { role: 'user', text: task.text, pictures: [...task.pictures] }
  ]
  let best: JsonOutcome<T> = { value: null, problems: [say('answer-missing')] }
  for (const [seed, temperature] of TEMPERATURES.entries()) {
    const request = { messages, maxTokens: task.maxTokens, jsonSchema, temperature, seed }
    const said = await model.complete(request, context).catch((thrown: unknown) => {
      const error = toStudioError(thrown)
      if (!OF_THE_ANSWER.has(error.code)) throw error
      return error
    })
    if (said instanceof Error) {
      if (best.value === null) best = { value: null, problems: [said.message] }
      continue
    }
    const outcome = await judged(said.text, said.finish, task)
    if (isBetter(outcome, best)) best = outcome
    if (outcome.problems.length === 0) return outcome
    messages.splice(2)
    messages.push(
      { role: 'assistant', text: said.text.slice(0, MOST_SHOWN), pictures: [] },
      { role: 'user', text: correction(outcome.problems), pictures: [] }
    )
  }
  return best
}

async function judged<T>(text: string, finish: 'stop' | 'length', task: JsonTask<T>): Promise<JsonOutcome<T>> {
  const found = jsonInText(text)
  if (found === undefined) {
    const why = finish === 'length' ? say('answer-cut-off') : say('answer-without-json')
    return { value: null, problems: [why] }
  }
  const parsed = task.schema.safeParse(found)
  if (!parsed.success) {
    const problems = parsed.error.issues.slice(0, 5).map(({ path, message }) => `${path.join('.')}: ${message}`)
    return { value: null, problems }
  }
  return { value: parsed.data, problems: await task.check(parsed.data) }
}

function isBetter<T>(one: JsonOutcome<T>, other: JsonOutcome<T>): boolean {
  if ((one.value === null) !== (other.value === null)) return one.value !== null
  return one.problems.length < other.problems.length || other.value === null
}

function correction(problems: readonly string[]): string {
  const listed = problems.slice(0, 8).map((problem) => `- ${problem}`)
  return `That cannot be used:\n${listed.join('\n')}\nAnswer again, with the corrected JSON object and nothing else.`
}
