import { describe, expect, it } from 'vitest'
import type { Job } from '../../domain/job.ts'
import { parseParameters } from '../../domain/parameters/parameters.ts'
import { attempt, engine, sampleJob } from '../../domain/rules/sample-job.fixture.ts'
import { TimeLeft } from './time-left.ts'

type Timings = Job['timings']

/** A job that took the given times; only what times are learnt from matters. */
function jobThatTook(attempts: readonly Timings[], timings: Timings, resolution: '1k' | '4k' = '1k'): Job {
  return sampleJob({
    status: 'completed',
    parameters: parseParameters({ resolution }),
    engines: {
      vlm: engine('rules', 'vlm'),
      generator: engine('generative', 'flux'),
      examiner: engine('rules', 'eyes')
    },
    attempts: attempts.map((each, index) => ({ ...attempt(index + 1, null), timings: each })),
    timings
  })
}

const usual = jobThatTook([{ brief: 10, generate: 8_000, judge: 500 }], { inspect: 100, finish: 1_000, report: 20 })

describe('the time left', () => {
  it('is unknown before anything was made', () => {
    expect(new TimeLeft().of(usual, 'generate', 0, null)).toEqual({ stepLeftMs: null, leftMs: null })
  })

  it('is what the step and those after it mostly took', () => {
    const times = new TimeLeft()
    for (const generate of [7_000, 8_000, 60_000]) {
      times.learn(jobThatTook([{ brief: 10, generate, judge: 500 }], { inspect: 100, finish: 1_000, report: 20 }))
    }
    expect(times.of(usual, 'generate', 3_000, null)).toEqual({ stepLeftMs: 5_000, leftMs: 6_520 })
    expect(times.of(usual, 'inspect', 0, null).leftMs).toBe(100 + 10 + 8_000 + 500 + 1_000 + 20)
    expect(times.of(usual, 'report', 0, null)).toEqual({ stepLeftMs: 20, leftMs: 20 })
  })

  it('is never less than nothing', () => {
    const times = new TimeLeft()
    times.learn(usual)
    expect(times.of(usual, 'judge', 9_000, null).stepLeftMs).toBe(0)
  })

  it('is the mean of the two in the middle of an even number', () => {
    const times = new TimeLeft()
    times.learn(jobThatTook([{ judge: 100 }, { judge: 300 }], {}))
    expect(times.of(usual, 'judge', 0, null).stepLeftMs).toBe(200)
  })

  it('follows from the progress where a step was never made before', () => {
    const progress = { activity: 'painting', done: 1, total: 4, withinMs: 1_000 }
    const times = new TimeLeft()
    expect(times.of(usual, 'generate', 2_000, progress)).toEqual({ stepLeftMs: 6_000, leftMs: null })
    expect(times.of(usual, 'generate', 2_000, { ...progress, done: 0 }).stepLeftMs).toBeNull()
  })

  it('is another for another size and another engine', () => {
    const times = new TimeLeft()
    times.learn(usual)
    expect(times.of(jobThatTook([], {}, '4k'), 'finish', 0, null).stepLeftMs).toBeNull()
    const retouch = {
      ...usual,
      engines: usual.engines && { ...usual.engines, generator: { ...usual.engines.generator, engine: 'retouch' } }
    }
    expect(times.of(retouch, 'generate', 0, null).stepLeftMs).toBeNull()
    expect(times.of(retouch, 'judge', 0, null).stepLeftMs).toBe(500)
  })

  it('forgets what was long ago', () => {
    const times = new TimeLeft()
    for (let job = 0; job < 21; job += 1) times.learn(jobThatTook([{ judge: 1 }], {}))
    for (let job = 0; job < 21; job += 1) times.learn(jobThatTook([{ judge: 1_000 }], {}))
    expect(times.of(usual, 'judge', 0, null).stepLeftMs).toBe(1_000)
  })
})
