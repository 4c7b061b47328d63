import { say } from '../sentences/say.ts'
import type { JudgeQuestion } from './question.ts'

/** What a portrait has to be whatever was ordered. @param peopleInPhoto faces in the reference photo */
export function wholeQuestions(peopleInPhoto: number): JudgeQuestion[] {
  return [peopleInPhoto > 1 ? ONE_OF_THEM : SAME_PERSON, ...OF_THE_PORTRAIT]
}

const WHO = {
  id: 'vlm:same-person',
  shown: 'reference-and-portrait',
  question: say('asks-same-person')
} as const

const SAME_PERSON: JudgeQuestion = {
  ...WHO,
  positive: 'Do both pictures show the same person?',
  negated: 'Do the two pictures show two different people?'
}

/** Whom of them is what the measured identity tells. */
const ONE_OF_THEM: JudgeQuestion = {
  ...WHO,
  positive: 'Is the person of the second picture one of the people in the first?',
  negated: 'Is the person of the second picture missing from the first?'
}

const OF_THE_PORTRAIT: readonly JudgeQuestion[] = [
  {
    id: 'vlm:face',
    shown: 'portrait',
    question: say('asks-natural-face'),
    positive: 'Does the face look natural, as in a real photograph?',
    negated: 'Does the face look deformed or artificial?'
  },
  {
    id: 'vlm:hands',
    shown: 'portrait',
    question: say('asks-hands'),
    positive: 'Is the picture free of malformed hands and fingers?',
    negated: 'Does the picture show a malformed hand or finger?'
  },
  {
    id: 'vlm:expression',
    shown: 'portrait',
    question: say('asks-natural-expression'),
    positive: 'Is the expression of the person natural and at ease?',
    negated: 'Is the expression of the person strained, frozen or a grimace?'
  },
  {
    id: 'vlm:artefacts',
    shown: 'portrait',
    question: say('asks-artefacts'),
    positive: 'Is the picture sharp and free of seams, smears and other flaws?',
    negated: 'Does the picture show blur, seams, smears or other flaws?'
  }
]
