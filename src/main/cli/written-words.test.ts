import { PassThrough } from 'node:stream'
import { expect, it } from 'vitest'
import { writeReport } from '../../domain/rules/report.ts'
import { attempt, sampleJob } from '../../domain/rules/sample-job.fixture.ts'
import { Terminal } from './terminal.ts'
import { besideLedger, reportInShort } from './written-words.ts'

const terminal = new Terminal(new PassThrough(), new PassThrough())

it('tells of an attempt whose words its brief is and which one is better, and nothing where there is nothing to tell', () => {
  const plain = attempt(2, [])
  expect(besideLedger(plain, terminal)).toEqual([])
  const told = {
    ...plain,
    brief: { ...plain.brief, note: "The model's prompt was mended." },
    comparison: { against: 1, better: 1, decidedBy: 'judge', probability: 0.1 } as const
  }
  expect(besideLedger(told, terminal)).toEqual([
    "The model's prompt was mended.",
    'Attempt 1 stays the better one, as the judge saw in both orders (90%).'
  ])
})

it('tells who wrote the report, and why it was not the model', () => {
  const report = writeReport(sampleJob({ attempts: [attempt(1, [])] }))
  expect(reportInShort(report, terminal)).toMatch(/\nWritten by the studio's own rules/)
  expect(reportInShort({ ...report, note: 'The model did not answer.' }, terminal)).toContain('did not answer.')
  const written = { engine: 'remote', version: 'test/model' }
  expect(reportInShort({ ...report, writtenBy: written }, terminal)).toContain('Written by the model test/model.')
})
