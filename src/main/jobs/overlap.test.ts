import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { CallContext } from '../../domain/progress.ts'
import { Turns } from '../engines/turns.ts'
import { type EngineCall, testEngines } from './test-engines.fixture.ts'
import { openTestStudio, type TestStudio } from './test-studio.fixture.ts'

const CALL_MS = 60
const JOBS = 6
const OF_THE_VLM: ReadonlySet<EngineCall> = new Set<EngineCall>(['writeBrief', 'judge', 'prefer', 'tune', 'report'])
const OF_THE_GENERATOR: ReadonlySet<EngineCall> = new Set<EngineCall>(['generate', 'finish'])

let studio: TestStudio
beforeAll(async () => {
  studio = await openTestStudio()
})
afterEach(() => studio.stopManagers())
afterAll(() => studio.close())

/** Two engines that each do one thing at a time and take their time over it. */
function exclusiveEngines() {
  const turns = { vlm: new Turns(), generator: new Turns() }
  const busy = { vlm: 0, generator: 0 }
  const seen = { together: 0, crowded: 0 }
  const onCall = async (call: EngineCall, { signal }: CallContext) => {
    const engine = OF_THE_VLM.has(call) ? 'vlm' : OF_THE_GENERATOR.has(call) ? 'generator' : null
    if (engine === null) return
    await turns[engine].run(signal, async () => {
      busy[engine] += 1
      if (busy[engine] > 1) seen.crowded += 1
      if (busy.vlm > 0 && busy.generator > 0) seen.together += 1
      await sleep(CALL_MS)
      busy[engine] -= 1
    })
  }
  return { engines: testEngines({ sharpness: [0.2, 1], onCall }), seen }
}

async function work(concurrency: number) {
  const { engines, seen } = exclusiveEngines()
  const manager = studio.manager(engines, { concurrency })
  const jobs = []
  for (let index = 0; index < JOBS; index += 1) jobs.push(await manager.submit(await studio.newJob()))
  await manager.start()
  const ended = await Promise.all(jobs.map(({ _id }) => manager.wait(_id)))
  await manager.stop()
  expect(ended.map(({ status }) => status)).toEqual(jobs.map(() => 'completed'))
  return seen
}

describe('a vision-language model and a generator, each with a process of its own', () => {
  it('work at the same time, for different jobs, and each on one thing at a time', async () => {
    const { together, crowded } = await work(2)
    expect(crowded).toBe(0)
    // Nearly every call begins while the other engine is at work; how many exactly is up to the machine.
    expect(together).toBeGreaterThan(JOBS)
  })

  it('take turns where one job is worked on at a time', async () => {
    expect(await work(1)).toEqual({ together: 0, crowded: 0 })
  })
})
