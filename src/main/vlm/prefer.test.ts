import { expect, it } from 'vitest'
import type { YesNoAnswer } from '../../domain/chat-model.ts'
import { judgementOf } from '../../domain/judgement.ts'
import { saying } from '../../domain/judging/answers.fixture.ts'
import { row } from '../../domain/rules/sample-job.fixture.ts'
import { preferPicture } from './prefer.ts'
import { judgeRequest, quietContext, scriptedModel } from './scripted-model.fixture.ts'

const contender = (path: string, sharpness: number, identity = 0.2, valid = 1) => ({
  path,
  judgement: judgementOf([
    row('sharpness', sharpness, { min: 95 }, { score: sharpness / 100 }),
    row('identity', identity, { max: 0.5 }),
    row('picture-valid', valid, { min: 1 })
  ])
})

async function prefer(
  champion: ReturnType<typeof contender>,
  challenger: ReturnType<typeof contender>,
  answer: (question: string, pictures: readonly string[]) => YesNoAnswer
) {
  const model = scriptedModel(answer)
  const preference = await preferPicture(model, { ...judgeRequest(), champion, challenger }, quietContext)
  return { preference, asked: model.asked.map(({ pictures }) => pictures) }
}

/** Finds this one better wherever it stands. */
const liking = (path: string) => (question: string, pictures: readonly string[]) =>
  saying((question.includes('first') ? pictures[0] : pictures[1]) === path ? 0.9 : 0.1)

it('shows both orders, and follows what holds in both', async () => {
  const { preference, asked } = await prefer(contender('a.png', 80), contender('b.png', 20), liking('b.png'))
  expect(asked).toEqual([
    ['a.png', 'b.png'],
    ['b.png', 'a.png']
  ])
  expect(preference).toMatchObject({ better: 'challenger', decidedBy: 'judge' })
  expect(preference.probability).toBeCloseTo(0.9, 12)
})

it('leaves it to the score where the answer depends on the order, or is the same to everything', async () => {
  const first = (question: string) => saying(question.includes('first') ? 0.9 : 0.1)
  for (const answer of [first, () => saying(1)]) {
    const { preference } = await prefer(contender('a.png', 80), contender('b.png', 20), answer)
    expect(preference).toEqual({ better: 'champion', decidedBy: 'score', probability: null })
  }
})

it('does not ask about one that shows another person', async () => {
  const { preference, asked } = await prefer(contender('a.png', 20), contender('b.png', 90, 0.9), liking('b.png'))
  expect(asked).toEqual([])
  expect(preference).toMatchObject({ better: 'champion', decidedBy: 'measurements' })
})

it('shows nobody two pictures of which neither is one', async () => {
  const { preference, asked } = await prefer(
    contender('a.png', 20, 0.2, 0),
    contender('b.png', 10, 0.2, 0),
    liking('b.png')
  )
  expect(asked).toEqual([])
  expect(preference).toMatchObject({ better: 'champion', decidedBy: 'score' })
})
