import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ArtifactId, Reference } from '../../../domain/job.ts'
import type { JobRepository } from '../job-repository.ts'
import { createJobRepository } from '../repository/create-job-repository.ts'
import { makeEmbeddedDatabase, type TestDatabase } from '../test-database.fixture.ts'
import { newJob } from '../test-job.fixture.ts'
import { FileArtifactStore } from './file-artifact-store.ts'
import { ORPHAN_GRACE_MS, removeOrphans, sweep } from './sweep.ts'

const OLD = new Date(Date.now() - 2 * ORPHAN_GRACE_MS)

describe('the sweep', () => {
  let place: TestDatabase
  let repository: JobRepository
  let folder: string
  let artifacts: FileArtifactStore
  beforeEach(async () => {
    place = await makeEmbeddedDatabase()
    repository = await createJobRepository(await place.connect())
    folder = await mkdtemp(join(tmpdir(), 'apex-sweep-'))
    artifacts = await FileArtifactStore.open(folder)
  })
  afterEach(async () => {
    await place.dispose()
    await rm(folder, { recursive: true })
  })

  async function put(putAt = OLD): Promise<ArtifactId> {
    const { id } = await artifacts.put(randomBytes(1_000))
    await utimes(await artifacts.localPath(id), putAt, putAt)
    return id
  }
  const jobWith = (...ids: ArtifactId[]) => {
    const references = ids.map(
      (artifact): Reference => ({ artifact, name: 'a.jpg', bytes: 1_000, face: null, inspection: null })
    )
    return repository.create(newJob({ references }))
  }

  it('removes what no job refers to once its grace is over, and frees its bytes', async () => {
    const [used, removedJobs, orphan, young] = [await put(), await put(), await put(), await put(new Date())]
    await jobWith(used)
    await repository.remove((await jobWith(removedJobs))._id)
    expect(await sweep({ artifacts, repository })).toEqual({
      orphans: [orphan],
      bytesFreed: 1_000,
      dangling: [],
      leftovers: 0
    })
    expect(await artifacts.stat(orphan)).toBeNull()
    for (const kept of [used, removedJobs, young]) expect(await artifacts.stat(kept)).not.toBeNull()
  })

  it('reports what a job refers to and the store does not have', async () => {
    const [here, gone] = [await put(), await put()]
    const { _id } = await jobWith(here, gone)
    await artifacts.delete(gone)
    const { dangling, orphans } = await sweep({ artifacts, repository })
    expect(dangling).toEqual([{ job: _id, artifact: gone }])
    expect(orphans).toEqual([])
  })

  it('makes an erase real, and spares what another job uses or was put again', async () => {
    const [own, shared, again] = [await put(), await put(), await put()]
    const { _id } = await jobWith(own, shared, again)
    await jobWith(shared)
    await repository.remove(_id)
    const removedAt = (await repository.get(_id))?.deletedAt ?? OLD
    await utimes(await artifacts.localPath(again), new Date(), new Date(removedAt.getTime() + 1_000))
    const ids = await repository.erase(_id)
    expect(await removeOrphans({ artifacts, repository }, ids, removedAt)).toEqual([own])
    expect(await artifacts.stat(own)).toBeNull()
    expect(await artifacts.stat(shared)).not.toBeNull()
    expect(await artifacts.stat(again)).not.toBeNull()
  })

  it('stops when it is told to', async () => {
    await put()
    await expect(sweep({ artifacts, repository }, { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i)
  })
})
