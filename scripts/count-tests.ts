import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

/** Adds up the JSON reports that Vitest and Playwright wrote into a folder and prints one line. */

const vitestReport = z
  .object({ numPassedTests: z.int(), numFailedTests: z.int(), numPendingTests: z.int(), numTodoTests: z.int() })
  .transform((report) => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
    flaky: 0
  }))

const playwrightReport = z
  .object({ stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }) })
  .transform(({ stats }) => ({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    skipped: stats.skipped,
    flaky: stats.flaky
  }))

const folder = process.argv[2] ?? 'test-results'
const files = (await readdir(folder)).filter((name) => name.endsWith('.json'))
const total = { passed: 0, failed: 0, skipped: 0, flaky: 0 }
for (const file of files) {
  const report = z.union([vitestReport, playwrightReport]).parse(JSON.parse(await readFile(join(folder, file), 'utf8')))
  total.passed += report.passed
  total.failed += report.failed
  total.skipped += report.skipped
  total.flaky += report.flaky
}
if (total.flaky > 0) console.log(`${total.flaky} of those that passed did so only when tried again`)
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : ''
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`)
if (total.failed > 0 || total.passed === 0) process.exitCode = 1
