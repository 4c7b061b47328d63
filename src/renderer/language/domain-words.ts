import { CRITERION_IDS, type CriterionId } from '../../domain/criterion.ts'
import { wholeQuestions } from '../../domain/judging/whole-questions.ts'
import { CATALOGUE, PARAMETER_NAMES, type ParameterName } from '../../domain/parameters/parameters.ts'
import { capitalised, criterionWords } from '../../domain/rules/criterion-words.ts'

/** Keys of translations have no separators of the library in them. */
export function criterionKey(id: CriterionId): string {
  return id.replace(':', '-')
}

const ids: readonly CriterionId[] = [
  ...CRITERION_IDS,
  ...PARAMETER_NAMES.flatMap((name): CriterionId[] => [`parameter:${name}`, `vlm:${name}`]),
  ...wholeQuestions(1).map(({ id }) => id)
]

/** English names of what the domain names itself: they are written once, there. */
export const CRITERION_NAMES: Readonly<Record<string, string>> = Object.fromEntries(
  ids.map((id) => [criterionKey(id), capitalised(criterionWords(id).label)])
)

export const CHOICE_NAMES: Readonly<Record<ParameterName, Readonly<Record<string, string>>>> = {
  purpose: namesOf('purpose'),
  attire: namesOf('attire'),
  background: namesOf('background'),
  vibe: namesOf('vibe'),
  lighting: namesOf('lighting'),
  mood: namesOf('mood'),
  resolution: namesOf('resolution')
}

function namesOf(name: ParameterName): Readonly<Record<string, string>> {
  return Object.fromEntries(CATALOGUE[name].map((entry) => [entry.id, entry.label]))
}
