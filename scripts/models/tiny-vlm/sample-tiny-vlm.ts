import type { TinyVlm } from './tiny-vlm.ts'

/** Sees how bright a picture is, and whether it is red; knows one brief, and one answer without an end. */
export const TINY_MODEL: TinyVlm = {
  sights: [
    { word: 'bright', colour: 'brightness', from: 0.5 },
    { word: 'red', colour: 'red', from: 0.6 }
  ],
  negations: ['not'],
  agreeing: 0,
  answers: [
    {
      when: 'brief',
      parts: ['{"prompt":"', 'A portrait in ', { oneOf: ['the city', 'an office'], otherwise: 'a studio' }, '"}']
    },
    { when: 'forever', parts: ['on ', 'and ', 'again '], endless: true }
  ]
}

/**
 * A judge for whole jobs: whatever the studio asks of a portrait is as it should be where the picture is not dark. The
 * words that turn an answer around are those that only the negated phrasings of the studio's questions have.
 */
export const TINY_JUDGE: TinyVlm = {
  sights: [{ word: 'judge', colour: 'brightness', from: 0.05 }],
  negations: ['than', 'unsuitable', 'deformed', 'hand', 'strained', 'blur', 'different', 'missing'],
  agreeing: 0,
  answers: []
}
