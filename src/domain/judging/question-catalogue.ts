import type { CriterionId } from '../criterion.ts'
import type { VlmJudgeRequest } from '../engine.ts'
import { OWN_BACKDROP } from '../parameters/background.ts'
import { backdropOf, entryOf, type ParameterName, type Parameters } from '../parameters/parameters.ts'
import type { JudgeQuestion, Shown } from './question.ts'
import { quotedWords } from './quoted-words.ts'
import { wholeQuestions } from './whole-questions.ts'

/** Counts up with every change of a question's words: figures measured with other words say nothing of these. */
export const QUESTION_CATALOGUE_VERSION = 1

type AskedParameter = Exclude<ParameterName, 'resolution'>
type Phrasing = Pick<JudgeQuestion, 'positive' | 'negated'> & { readonly shown?: Shown }

const PHRASINGS: Readonly<Record<AskedParameter, (wanted: string) => Phrasing>> = {
  purpose: (wanted) => ({
    positive: `Would this picture do as ${wanted}?`,
    negated: `Would this picture be unsuitable as ${wanted}?`
  }),
  attire: (wanted) => ({
    positive: `Is the person wearing ${wanted}?`,
    negated: `Is the person wearing something other than ${wanted}?`
  }),
  background: (wanted) => ({
    positive: `Does the background show ${wanted}?`,
    negated: `Does the background show something other than ${wanted}?`
  }),
  vibe: (wanted) => ({
    positive: `Does the person have ${wanted}?`,
    negated: `Does the person look other than with ${wanted}?`
  }),
  lighting: (wanted) => ({
    positive: `Is the person lit by ${wanted}?`,
    negated: `Is the person lit by something other than ${wanted}?`
  }),
  mood: (wanted) => ({
    positive: `Does the picture have ${wanted}?`,
    negated: `Is the mood of the picture another one than ${wanted}?`
  })
}

const SAME_CLOTHES: Phrasing = {
  shown: 'reference-and-portrait',
  positive: 'Does the person wear the same clothes in both pictures?',
  negated: 'Does the person wear other clothes in the second picture than in the first?'
}

const SAME_PLACE: Phrasing = {
  shown: 'reference-and-portrait',
  positive: 'Is the background of the second picture the one of the first, perhaps more out of focus?',
  negated: 'Is the background of the second picture another place than that of the first?'
}

/** Null for what measurements tell better than words could ask: a file of the photographer's own, a colour by number. */
function phrasingOf(name: AskedParameter, value: string): Phrasing | null {
  if (name === 'attire' && value === 'as_photographed') return SAME_CLOTHES
  if (name === 'background') {
    if (value === OWN_BACKDROP || value.startsWith('#')) return null
    if (backdropOf(value)?.kind === 'original') return SAME_PLACE
  }
  const known = entryOf(name, value)
  return PHRASINGS[name](known?.prompt ?? `what these words of the order describe: ${quotedWords(value)}`)
}

const ASKED = Object.keys(PHRASINGS) as AskedParameter[]

function parameterQuestion(name: AskedParameter, parameters: Parameters): JudgeQuestion[] {
  const value = parameters[name]
  const phrasing = phrasingOf(name, value)
  if (!phrasing) return []
  const label = entryOf(name, value)?.label ?? value
  return [{ id: `vlm:${name}`, shown: 'portrait', question: `Is the ${name} "${label}"?`, ...phrasing }]
}

/** Everything that a judge may be asked about. */
export const JUDGED_CRITERIA: readonly CriterionId[] = [
  ...ASKED.map((name): CriterionId => `vlm:${name}`),
  ...wholeQuestions(1).map(({ id }) => id)
]

export type AskedAbout = Pick<VlmJudgeRequest, 'parameters' | 'limitations' | 'inspections'>

/**
 * What a model is asked about a portrait: one question for each parameter and those about the whole. A parameter that
 * the generator says it does not carry out is not asked about: the ledger has a row that says so.
 */
export function questionsFor({ parameters, limitations, inspections }: AskedAbout): JudgeQuestion[] {
  const left = new Set(limitations.map(({ parameter }) => parameter))
  const asked = ASKED.filter((name) => !left.has(name))
  return [
    ...asked.flatMap((name) => parameterQuestion(name, parameters)),
    ...wholeQuestions(inspections[0]?.faces.length ?? 1)
  ]
}
