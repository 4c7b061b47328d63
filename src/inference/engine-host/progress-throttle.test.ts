import { expect, it } from 'vitest'
import type { Progress } from '../../domain/progress.ts'
import { throttleProgress } from './progress-throttle.ts'

function throttled() {
  const passed: Progress[] = []
  let now = 0
  const report = throttleProgress(
    (progress) => passed.push(progress),
    () => now
  )
  return {
    passed,
    at(time: number, done: number, activity = 'upscaling', withinMs = 1_000) {
      now = time
      report({ activity, done, total: 100, withinMs })
    }
  }
}

it('passes counting on ten times a second', () => {
  const { at, passed } = throttled()
  for (let time = 0; time < 1_000; time += 10) at(time, time / 10)
  expect(passed.map((progress) => progress.done)).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90])
})

it('never holds back another activity, another time or the end', () => {
  const { at, passed } = throttled()
  at(0, 1)
  at(1, 2, 'sharpening')
  at(2, 3, 'sharpening', 60_000)
  at(3, 100, 'sharpening', 60_000)
  expect(passed.map((progress) => progress.done)).toEqual([1, 2, 3, 100])
})

it('never holds back a picture', () => {
  const passed: Progress[] = []
  const report = throttleProgress(
    (progress) => passed.push(progress),
    () => 0
  )
  const step = { activity: 'painting', total: 9, withinMs: 1_000 }
  report({ ...step, done: 1, preview: 'one.jpg' })
  report({ ...step, done: 2, preview: 'one.jpg' })
  report({ ...step, done: 3, preview: 'two.jpg' })
  report({ ...step, done: 4 })
  expect(passed.map(({ done }) => done)).toEqual([1, 3])
})
