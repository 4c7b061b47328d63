import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Runs every benchmark, one after the other: `npm run bench`, or `npm run bench -- store` for those of that name. */

/** Windows are larger than what xvfb-run shows unless it is told. */
const SCREEN = '-screen 0 1600x1000x24'
const isHeadless = process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY

/** On a display of its own where there is none: some benchmarks open windows. */
function run(command: string, args: readonly string[]): number {
  const shown = isHeadless ? spawnSync('xvfb-run', ['-a', '-s', SCREEN, command, ...args], { stdio: 'inherit' }) : null
  // Without xvfb-run only those that open windows fail.
  const { status } = shown && !shown.error ? shown : spawnSync(command, args, { stdio: 'inherit' })
  return status ?? 1
}

const folder = fileURLToPath(new URL('.', import.meta.url))
const wanted = process.argv[2] ?? ''
for (const name of readdirSync(folder).filter((each) => each.endsWith('.bench.ts') && each.startsWith(wanted))) {
  console.log(`\n${name}`)
  const args = ['--import', 'tsx', `${folder}${name}`, ...process.argv.slice(2)]
  if (run(process.execPath, args) !== 0) process.exitCode = 1
}
