import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { fileDigest } from '../../store/artifacts/file-digest.ts'

const beside = (file: string) => fileURLToPath(new URL(file, import.meta.url))
const CACHE = resolve('.cache', 'mongo-server')
const JARS = join(CACHE, '1.47.0')

/** Where the jars lie, each as its checksum says: out of the cache, or by Maven. @throws Error that says why they cannot be had. */
export async function serverJars(): Promise<string> {
  if (await areWhole(JARS)) return JARS
  await mkdir(CACHE, { recursive: true })
  const folder = await mkdtemp(join(CACHE, 'fetching-'))
  try {
    const goal = ['-q', '-B', '-f', beside('./pom.xml'), 'dependency:copy-dependencies', `-DoutputDirectory=${folder}`]
    await promisify(execFile)('mvn', goal, { timeout: 300_000 })
    if (!(await areWhole(folder)))
      throw new Error('What Maven fetched does not match src/main/testing/mongo-server/jars.sha256.')
    await rm(JARS, { recursive: true, force: true })
    await rename(folder, JARS)
  } catch (thrown) {
    // Another process was faster.
    if (!(await areWhole(JARS))) throw thrown
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return JARS
}

/** Exactly the files of the list, which is as `sha256sum` writes it. */
async function areWhole(folder: string): Promise<boolean> {
  const list = await readFile(beside('./jars.sha256'), 'utf8')
  const wanted = list.trim().split('\n')
  const names = (await readdir(folder).catch(() => [])).sort()
  const digests = await Promise.all(names.map(async (name) => `${await fileDigest(join(folder, name))}  ${name}`))
  return digests.join('\n') === wanted.sort((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1)).join('\n')
}
