import { expect, it } from 'vitest'
import { comparisonInWords } from './comparison-words.ts'

it.each([
  [
    { better: 2, decidedBy: 'judge', probability: 0.87 },
    'Better than attempt 1, as the judge saw in both orders (87%).'
  ],
  [
    { better: 1, decidedBy: 'judge', probability: 0.2 },
    'Attempt 1 stays the better one, as the judge saw in both orders (80%).'
  ],
  [{ better: 2, decidedBy: 'score', probability: null }, 'Better than attempt 1, by its score.'],
  [{ better: 1, decidedBy: 'measurements', probability: null }, 'Attempt 1 stays the better one, as measured.']
] as const)('says which of two attempts is better, and who says so: %o', (comparison, words) => {
  expect(comparisonInWords(2, { against: 1, ...comparison })).toBe(words)
})
