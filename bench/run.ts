import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Runs every benchmark, one after the other: `npm run bench`, or `npm run bench -- store` for those of that name. */

const folder = fileURLToPath(new URL('.', import.meta.url))
const wanted = process.argv[2] ?? ''
for (const name of readdirSync(folder).filter((each) => each.endsWith('.bench.ts') && each.startsWith(wanted))) {
  console.log(`\n${name}`)
  const args = ['--import', 'tsx', `${folder}${name}`, ...process.argv.slice(2)]
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' })
  if (status !== 0) process.exitCode = 1
}
