import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { saying } from '../../../domain/judging/answers.fixture.ts'
import { beatsChance, type JudgeCalibration } from '../../../domain/judging/calibration.ts'
import { JUDGED_CRITERIA } from '../../../domain/judging/question-catalogue.ts'
import { voteOn } from '../../../domain/judging/vote.ts'
import { createBuiltInEngine } from '../../engines/builtin-engine.ts'
import { forkNodeChild } from '../../engines/node-fork.ts'
import { judgePicture } from '../judge.ts'
import { judgeRequest, quietContext, scriptedModel } from '../scripted-model.fixture.ts'
import { calibrateJudge } from './calibrate-judge.ts'
import type { CanaryPicture } from './canary.ts'
import { openCanaryPhoto } from './canary-portrait.ts'
import { plantCanaries } from './plant-canaries.ts'

const MINUTES = 60_000
const file = (path: string) => fileURLToPath(new URL(`../../../../${path}`, import.meta.url))

/** Of the portraits, px: smaller than the studio's, to the same truths. */
const LONG_EDGE = 512

/** Nothing finds a hand, so nobody can spoil one. */
const PLANTED = JUDGED_CRITERIA.filter((id) => id !== 'vlm:hands')

describe('canaries of a real photo', () => {
  const engine = createBuiltInEngine({
    engineEntry: file('src/inference/process.ts'),
    execArgv: ['--import', 'tsx'],
    resources: file('resources'),
    fork: forkNodeChild
  })
  const engines = {
    examiner: engine.examiner,
    generator: engine.generator,
    planter: engine.canaries,
    longEdge: LONG_EDGE
  }
  let folder: string
  let pictures: CanaryPicture[]

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'canaries-'))
    const open = (path: string) => openCanaryPhoto(file(path), path, engines, quietContext)
    const photo = await open('resources/sample/eileen-collins.jpg')
    const other = await open('e2e/photos/grace-hopper.jpg')
    // The photo itself is nobody else, which is measured: the next one is taken.
    pictures = await plantCanaries(photo, [photo, other], engines, folder, quietContext)
  }, 5 * MINUTES)
  afterAll(async () => {
    await engine.stop()
    await rm(folder, { recursive: true, force: true })
  })

  /** Knows the truth of each picture that it is shown, and is wrong where it is told to be. */
  const knowing = (wrongAbout: readonly string[] = []) =>
    scriptedModel((asked, [...paths]) => {
      for (const { path, references, known } of pictures) {
        const beside = [references[0]?.path, path].join()
        if (paths.join() !== path && paths.join() !== beside) continue
        for (const { question, truth } of known) {
          if (question.positive !== asked && question.negated !== asked) continue
          const isSound = (truth === 'sound') !== wrongAbout.includes(question.id)
          return saying((question.positive === asked) === isSound ? 0.9 : 0.1)
        }
      }
      throw new Error(`Nobody knows: ${asked} of ${paths.join(' and ')}`)
    })

  it('show both answers of every criterion that can be planted, somebody else among them', () => {
    for (const id of PLANTED) {
      const truths = pictures.flatMap(({ known }) => known.filter(({ question }) => question.id === id))
      expect(truths.filter(({ truth }) => truth === 'sound').length).toBeGreaterThanOrEqual(2)
      expect(truths.filter(({ truth }) => truth === 'flawed').length).toBeGreaterThanOrEqual(2)
    }
    const against = pictures.flatMap(({ references }) => references.map(({ path }) => path))
    expect(against.some((path) => path.endsWith('grace-hopper.jpg'))).toBe(true)
  })

  it('find no fault with a judge that knows, and it keeps its vote', async () => {
    const { criteria, photos } = await calibrateJudge(knowing(), pictures, quietContext)
    expect(photos).toBe(1)
    expect(criteria.map(({ id }) => id).sort()).toEqual([...PLANTED].sort())
    for (const { flawed, sound } of criteria) expect([flawed.accepted, sound.rejected]).toEqual([0, 0])
    expect(criteria.map(beatsChance)).toEqual(criteria.map(() => true))
  })

  it('take the vote of a judge that takes everybody for the same person, on that alone', async () => {
    const model = knowing(['vlm:same-person'])
    const calibration = await calibrateJudge(model, pictures, quietContext)
    const lost = calibration.criteria.filter((each) => !beatsChance(each))
    expect(lost.map(({ id }) => id)).toEqual(['vlm:same-person'])
    const rows = await judgePicture(
      scriptedModel(() => saying(1)),
      judgeRequest(),
      quietContext,
      async (): Promise<JudgeCalibration> => calibration
    )
    expect(rows.find(({ id }) => id === 'vlm:same-person')).toMatchObject({ outcome: 'advisory' })
  })

  it('leave no vote to a judge that says yes to everything, not even on what could not be planted', async () => {
    const model = scriptedModel(() => saying(1))
    const calibration = await calibrateJudge(model, pictures, quietContext)
    for (const { flawed, sound } of calibration.criteria) {
      expect(flawed.accepted).toBe(0)
      expect(sound.rejected).toBe(sound.n)
    }
    const votes = JUDGED_CRITERIA.map((id) => voteOn(calibration, id))
    expect(votes.filter(({ counts }) => counts)).toEqual([])
    expect(voteOn(calibration, 'vlm:hands').ground).toBe('distrusted')
  })

  it('leave none to a judge that goes by the words of a question and never looks', async () => {
    const everSound = new Set(
      pictures.flatMap(({ known }) => known.filter(({ truth }) => truth === 'sound').map(({ question }) => question))
    )
    const likely = [...everSound].flatMap(({ positive }) => positive)
    const unlikely = [...everSound].flatMap(({ negated }) => negated)
    const model = scriptedModel((asked) => {
      if (likely.includes(asked)) return saying(0.95)
      if (unlikely.includes(asked)) return saying(0.05)
      // What is never so of any picture it finds out of the question.
      return saying(/unsuitable|other than|another|two different|deformed|strained|show blur/.test(asked) ? 0.95 : 0.05)
    })
    const { criteria } = await calibrateJudge(model, pictures, quietContext)
    expect(criteria.filter(beatsChance).map(({ id }) => id)).toEqual([])
  })
})
