import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ending, runFixture } from '../child-process.fixture.ts'
import { FileArtifactStore } from './file-artifact-store.ts'

const PROCESS = new URL('./putting-process.fixture.ts', import.meta.url)
const LATER = () => new Date(Date.now() + 60_000)

describe('a put that is cut off by the end of its process', () => {
  const bytes = randomBytes(2_500_000)
  const id = createHash('sha256').update(bytes).digest('hex')
  let folder: string
  let photo: string
  let artifacts: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'apex-crash-'))
    photo = join(folder, 'photo.jpg')
    artifacts = join(folder, 'artifacts')
    await writeFile(photo, bytes)
  })
  afterEach(() => rm(folder, { recursive: true }))

  async function put(faultPoint?: string) {
    const child = runFixture(PROCESS, [artifacts, photo], faultPoint ? { APEX_FAULT_POINT: faultPoint } : {})
    const [end, said] = await Promise.all([ending(child), text(child.stdout)])
    return { end, said: said.trim() }
  }

  it('before it has its name leaves a temporary file only, which goes', async () => {
    expect(await put('artifact-temp-written')).toEqual({ end: 'SIGKILL', said: '' })
    const store = await FileArtifactStore.open(artifacts)
    expect(await store.stat(id)).toBeNull()
    expect(await readdir(join(artifacts, 'incoming'))).toHaveLength(1)
    expect(await store.removeLeftovers(new Date(0))).toBe(0)
    expect(await store.removeLeftovers(LATER())).toBe(1)
    expect(await readdir(join(artifacts, 'incoming'))).toEqual([])
    expect(await put()).toEqual({ end: 0, said: id })
    expect((await readFile(await store.localPath(id))).equals(bytes)).toBe(true)
  })

  it('after it has its name leaves it whole', async () => {
    expect(await put('artifact-renamed')).toEqual({ end: 'SIGKILL', said: '' })
    const store = await FileArtifactStore.open(artifacts)
    expect(await readdir(join(artifacts, 'incoming'))).toEqual([])
    expect((await readFile(await store.localPath(id))).equals(bytes)).toBe(true)
    expect(await put()).toEqual({ end: 0, said: id })
  })
})
