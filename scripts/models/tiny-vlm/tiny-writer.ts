import { JUDGED_CRITERIA } from '../../../src/domain/judging/question-catalogue.ts'
import { CATALOGUE, type ParameterName } from '../../../src/domain/parameters/parameters.ts'
import { criterionWords } from '../../../src/domain/rules/criterion-words.ts'
import { TINY_JUDGE } from './sample-tiny-vlm.ts'
import type { AnswerPart, HeardOption, TinyAnswer, TinyVlm } from './tiny-vlm.ts'

const NOT_DARK = { colour: 'brightness', from: 0.2 } as const

/** Rows that it finds words for; of others it says nothing. */
const KNOWN_ROWS = [
  ...JUDGED_CRITERIA,
  'head-height',
  'identity',
  'sharpness',
  'background-match',
  'source-detail'
] as const

/** What the catalogue has for a parameter and the order names, said with what comes next. */
function ordered(name: ParameterName, next: string): AnswerPart {
  const phrases = [...new Set(CATALOGUE[name].map(({ prompt }) => prompt))]
  return {
    oneOf: phrases.map((phrase) => ({ has: phrase, say: `${phrase}${next}` })),
    otherwise: `what was ordered as ${name}${next}`
  }
}

/** A brief of some sixty words that names whatever the catalogue has, and the hair of whoever is in a picture that is not dark. */
const BRIEF: TinyAnswer = {
  when: 'Framing',
  parts: [
    '{"person":[',
    { seen: NOT_DARK, say: '"short dark hair"', otherwise: '"a black scarf"' },
    '],"prompt":"Change the clothes to ',
    ordered('attire', ', and replace the background with '),
    ordered('background', '. Light the person with '),
    ordered('lighting', ', in '),
    ordered('mood', '. Keep the face, hair and skin exactly as in the photo, with '),
    ordered('vibe', '. It is '),
    ordered('purpose', ', taken at eye level and without anything else in the frame, with '),
    ordered('resolution', ' from the hair down to the shoulders.'),
    { seen: NOT_DARK, say: ' The person has short dark hair."}', otherwise: ' The frame is plain and simple."}' }
  ]
}

const labelled = (id: (typeof KNOWN_ROWS)[number]) => ({ id, row: `- ${id} (${criterionWords(id).label}): failed` })

/** One sentence for the first row that failed; the rules have theirs for the others. */
const REPAIRS: TinyAnswer = {
  when: 'correct',
  parts: [
    '{"repairs":[{"criterion":"',
    {
      oneOf: KNOWN_ROWS.map(labelled).map(({ id, row }) => ({
        has: row,
        say: `${id}","words":"${sentenceFor(id)}"}]}`
      })),
      otherwise: 'nothing","words":"Nothing is to be done."}]}'
    }
  ]
}

function sentenceFor(id: (typeof KNOWN_ROWS)[number]): string {
  // Words of a parameter have to be in its sentence; this one knows the background of the tests.
  if (id === 'vlm:background') return 'Hang a plain white background of paper behind the chair.'
  return `Mind the ${criterionWords(id).label} above all.`
}

const PRAISE =
  '"criteria":["vlm:face"],"analysis":"The face is as it should be."}],"rootCauses":[],"recommendations":[],"summaryCriteria":["vlm:face"]}'

/** The account of one attempt, or of two of which the second passed, by the first row that failed. */
const REPORT: TinyAnswer = {
  when: 'explain',
  parts: [
    '{"summary":"This is how the portrait went.","attempts":[{"attempt":1,',
    {
      oneOf: KNOWN_ROWS.map(labelled).map(
        ({ id, row }): HeardOption => ({
          has: row,
          say: `"criteria":["${id}"],"analysis":"It missed the ${criterionWords(id).label}."}`,
          followedBy: [
            {
              oneOf: [{ has: 'Attempt 2, passed', say: `,{"attempt":2,${PRAISE}`, followedBy: [] }],
              otherwise: `],"rootCauses":[{"criteria":["${id}"],"cause":"The ${criterionWords(id).label} was not as ordered."}],"recommendations":[{"criteria":["${id}"],"advice":"Order another ${criterionWords(id).label}."}],"summaryCriteria":["${id}"]}`
            }
          ]
        })
      ),
      otherwise: PRAISE
    }
  ]
}

/**
 * A model for whole jobs of whatever the catalogue has. It writes briefs, repairs and reports that pass the studio's
 * checks, and judges as `TINY_JUDGE`; the background is as ordered where the picture is rather blue.
 */
export const TINY_WRITER: TinyVlm = {
  sights: [
    ...TINY_JUDGE.sights,
    // Asked whether what it says it sees is there.
    { word: 'check', ...NOT_DARK },
    { word: 'background', colour: 'blue', from: 0.6 }
  ],
  negations: TINY_JUDGE.negations,
  agreeing: 0,
  answers: [BRIEF, REPAIRS, REPORT]
}
