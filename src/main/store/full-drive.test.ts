import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { FileArtifactStore } from './artifacts/file-artifact-store.ts'
import { createJobRepository } from './repository/create-job-repository.ts'
import { openFromSource } from './test-database.fixture.ts'
import { attempt, newJob } from './test-job.fixture.ts'

/** A drive of 3 MB in memory; null where this user may not mount one. */
function smallDrive(): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'apex-drive-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', folder], { stdio: 'ignore' })
    return folder
  } catch {
    rmSync(folder, { recursive: true })
    return null
  }
}

const drive = smallDrive()

describe.skipIf(drive === null)('a drive that is full', () => {
  const folder = drive ?? ''
  const filler = join(folder, 'filler')
  afterAll(async () => {
    execFileSync('umount', [folder])
    await rm(folder, { recursive: true })
  })

  it('refuses a picture, leaves nothing of it, and takes it once there is room', async () => {
    const store = await FileArtifactStore.open(join(folder, 'artifacts'))
    const picture = randomBytes(2_000_000)
    await writeFile(filler, Buffer.alloc(1_500_000))
    await expect(store.put(picture)).rejects.toMatchObject({ code: 'disk-full' })
    expect(await readdir(join(folder, 'artifacts', 'incoming'))).toEqual([])
    await rm(filler)
    const { id } = await store.put(picture)
    expect(await store.localPath(id)).toContain(id)
    await store.delete(id)
  })

  it('refuses a job, keeps those there are, and takes it once there is room', async () => {
    const database = await openFromSource({ folder: join(folder, 'store') })
    const repository = await createJobRepository(database)
    const first = await repository.create(newJob())
    await fillUp()
    const stored: string[] = []
    const fill = async () => {
      for (;;) {
        const { _id } = await repository.create(newJob())
        stored.push(_id)
        const held = await repository.claim({ owner: 'worker', bootId: 'boot' })
        if (held) await repository.transition(held, { attempts: [attempt(1, 0.5), attempt(2, 0.5)] })
      }
    }
    await expect(fill()).rejects.toMatchObject({ code: 'disk-full' })
    await rm(filler)
    await repository.create(newJob())
    for (const id of [first._id, ...stored]) expect(await repository.get(id)).not.toBeNull()
    await database.close()
  })

  /** Takes the rest of the drive. */
  async function fillUp(): Promise<void> {
    await expect(writeFile(filler, Buffer.alloc(3_000_000))).rejects.toMatchObject({ code: 'ENOSPC' })
  }
})
