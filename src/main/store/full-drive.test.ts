import { randomBytes } from 'node:crypto'
import { readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CAN_MOUNT, inMountedFolder } from '../testing/mounted-folder.fixture.ts'
import { FileArtifactStore } from './artifacts/file-artifact-store.ts'
import { createJobRepository } from './repository/create-job-repository.ts'
import { openFromSource } from './test-database.fixture.ts'
import { attempt, newJob } from './test-job.fixture.ts'

const SMALL_DRIVE = 'size=3m'

describe.skipIf(!CAN_MOUNT)('a drive that is full', () => {
  it('refuses a picture, leaves nothing of it, and takes it once there is room', async () => {
    await inMountedFolder(SMALL_DRIVE, async (folder) => {
      const store = await FileArtifactStore.open(join(folder, 'artifacts'))
      const picture = randomBytes(2_000_000)
      const filler = join(folder, 'filler')
      await writeFile(filler, Buffer.alloc(1_500_000))
      await expect(store.put(picture)).rejects.toMatchObject({ code: 'disk-full' })
      expect(await readdir(join(folder, 'artifacts', 'incoming'))).toEqual([])
      await rm(filler)
      const { id } = await store.put(picture)
      expect(await store.localPath(id)).toContain(id)
    })
  })

  it('refuses a job, keeps those there are, and takes it once there is room', async () => {
    await inMountedFolder(SMALL_DRIVE, async (folder) => {
      const database = await openFromSource({ folder: join(folder, 'store') })
      const repository = await createJobRepository(database)
      const first = await repository.create(newJob())
      const filler = join(folder, 'filler')
      await expect(writeFile(filler, Buffer.alloc(3_000_000))).rejects.toMatchObject({ code: 'ENOSPC' })
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
  })
})
