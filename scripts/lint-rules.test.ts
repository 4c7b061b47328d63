import { execFile } from 'node:child_process'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'

const planted: string[] = []

/** Lints one file as if it stood in the tree; the file is removed afterwards. */
async function lint(path: string, source: string): Promise<string> {
  const file = join(dirname(path), `planted-offence-${process.pid}.ts`)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, source)
  planted.push(file)
  return await new Promise((resolve) => {
    const biome = join('node_modules', '.bin', 'biome')
    execFile(biome, ['lint', '--max-diagnostics=20', file], (_error, stdout, stderr) => resolve(stdout + stderr))
  })
}

afterEach(async () => {
  for (const file of planted.splice(0)) await rm(file, { force: true })
})

const UPWARD: readonly [string, string][] = [
  ['src/domain/x.ts', '../main/studio.ts'],
  ['src/domain/x.ts', 'node:fs'],
  ['src/contract/x.ts', '../inference/pixels/raster.ts'],
  ['src/inference/pixels/x.ts', '../../main/studio.ts'],
  ['src/main/jobs/x.ts', '../../inference/pixels/raster.ts'],
  ['src/main/jobs/x.ts', 'sharp'],
  ['src/main/jobs/x.ts', 'electron'],
  ['src/preload/x.ts', '../main/studio.ts'],
  ['src/renderer/x.ts', '../main/studio.ts'],
  ['src/renderer/x.ts', 'electron']
]

describe('the floors', () => {
  it.each(UPWARD)('%s must not import %s', async (path, target) => {
    expect(await lint(path, `import * as x from '${target}'\nexport const y = x\n`)).toContain('noRestrictedImports')
  })

  it('lets imports point down', async () => {
    const output = await lint(
      'src/main/jobs/x.ts',
      `import { StudioError } from '../../domain/errors.ts'\nexport const y = StudioError\n`
    )
    expect(output).not.toContain('noRestrictedImports')
  })
})

describe('promises', () => {
  it('a forgotten await is an error', async () => {
    const source = `async function work(): Promise<number> {\n  return 1\n}\nexport function run(): void {\n  work()\n}\n`
    expect(await lint('src/main/x.ts', source)).toContain('noFloatingPromises')
  })
})
