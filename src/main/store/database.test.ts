import { mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ending, runFixture } from './child-process.fixture.ts'
import { createJobRepository } from './repository/create-job-repository.ts'
import { openFromSource } from './test-database.fixture.ts'
import { attempt, newJob } from './test-job.fixture.ts'

describe('opening the store', () => {
  let folder: string
  let file: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'apex-database-'))
    file = join(folder, 'studio.db')
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('makes a folder that is not there, and finds its documents the next time', async () => {
    const place = { folder: join(folder, 'a', 'b') }
    const first = await openFromSource(place)
    const { _id } = await (await createJobRepository(first)).create(newJob())
    await first.close()
    const second = await openFromSource(place)
    expect((await (await createJobRepository(second)).get(_id))?._id).toBe(_id)
    await second.close()
  })

  it('names a folder that cannot be made', async () => {
    await writeFile(join(folder, 'file'), '')
    await expect(openFromSource({ folder: join(folder, 'file', 'store') })).rejects.toMatchObject({
      code: 'store-unavailable'
    })
  })

  it('names a file that is no database', async () => {
    await writeFile(file, 'Not a database, whatever its name says. '.repeat(500))
    await expect(openFromSource({ folder })).rejects.toMatchObject({ code: 'store-damaged' })
  })

  it('names a database whose pages were overwritten', async () => {
    const database = await openFromSource({ folder })
    const repository = await createJobRepository(database)
    const { _id } = await repository.create(newJob())
    for (let made = 0; made < 100; made += 1) {
      await repository.create(newJob())
      const held = await repository.claim({ owner: 'worker', bootId: 'boot' })
      if (held) await repository.transition(held, { status: 'failed', attempts: [attempt(1, 0.2)] })
    }
    await database.close()
    const handle = await open(file, 'r+')
    const { size } = await handle.stat()
    // The first page stays: it holds the header and the schema.
    await handle.write(Buffer.alloc(size - 4_096, 0xa5), 0, size - 4_096, 4_096)
    await handle.close()
    const damaged = async () => (await createJobRepository(await openFromSource({ folder }))).get(_id)
    await expect(damaged()).rejects.toMatchObject({ code: 'store-damaged' })
  })

  it('is over once it is closed', async () => {
    const database = await openFromSource({ folder })
    await database.close()
    await database.close()
    await expect(database.collection('jobs').countDocuments({})).rejects.toMatchObject({ code: 'store-unavailable' })
  })

  it('waits at its close for what is under way', async () => {
    const database = await openFromSource({ folder })
    const jobs = database.collection('jobs')
    const writes = Array.from({ length: 30 }, (_, index) => jobs.insertOne({ _id: `${index}` }))
    await database.close()
    await Promise.all(writes)
    const again = await openFromSource({ folder })
    expect(await again.collection('jobs').countDocuments({})).toBe(30)
    await again.close()
  })

  it('does not keep a process alive that has nothing more to do', async () => {
    const child = runFixture(new URL('./idle-process.fixture.ts', import.meta.url), [folder])
    const [end, id] = await Promise.all([ending(child), text(child.stdout)])
    expect(end).toBe(0)
    const database = await openFromSource({ folder })
    expect((await (await createJobRepository(database)).get(id))?._id).toBe(id)
    await database.close()
  })
})
