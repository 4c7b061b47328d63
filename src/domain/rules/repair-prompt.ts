import type { Brief, Repair } from '../brief.ts'
import type { Criterion } from '../criterion.ts'
import type { TuneRequest } from '../engine.ts'
import { bandInWords, valueInWords } from '../figures.ts'
import { failedCriteria } from '../judgement.ts'
import { say } from '../sentences/say.ts'
import { capitalised, criterionWords } from './criterion-words.ts'
import { deviationOf } from './deviation.ts'
import { phrasesFor } from './prompt-phrases.ts'
import { repairPainting } from './repair-painting.ts'

/**
 * The brief of the next attempt for an engine that paints from a prompt: the last one, with what was corrected before,
 * and for each criterion that failed the next phrase that was not tried yet. Null where all were tried.
 */
export function repairPrompt(request: TuneRequest): Brief | null {
  const { brief, history, judgement } = request
  const said = history.flatMap((each) => each.repairs).map((repair) => repair.to)
  const phrases = failedCriteria(judgement).flatMap((criterion) => nextPhrase(criterion, said, request))
  const changes = repairPainting(request)
  if (phrases.length === 0 && changes.length === 0) return null
  return {
    ...brief,
    prompt: [brief.prompt, ...phrases.map((repair) => repair.to)].join(' '),
    settings: { ...brief.settings, ...Object.fromEntries(changes.map(({ setting, to }) => [setting, to])) },
    repairs: [...phrases, ...changes]
  }
}

function nextPhrase(criterion: Criterion, said: readonly Repair['to'][], request: TuneRequest): Repair[] {
  const { profile, parameters } = request
  const side = deviationOf(criterion)?.side
  const to = phrasesFor(criterion.id, { side, profile, parameters }).find((phrase) => !said.includes(phrase))
  if (to === undefined) return []
  return [{ criterion: criterion.id, setting: 'prompt', from: null, to, reason: reasonFor(criterion) }]
}

/** Why a prompt asks again for what a criterion missed. */
export function reasonFor(criterion: Criterion): string {
  const label = capitalised(criterionWords(criterion.id).label)
  const should = bandInWords(criterion.band, criterion.unit)
  if (criterion.value === null || should === '') return say('repair-by-prompt-again', { criterion: label })
  return say('repair-by-prompt', { criterion: label, value: valueInWords(criterion), limit: should })
}
