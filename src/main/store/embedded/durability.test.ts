import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { artifactsOf } from '../../../domain/job-artifacts.ts'
import { ending, runFixture } from '../child-process.fixture.ts'
import { createJobRepository } from '../repository/create-job-repository.ts'
import { makeEmbeddedDatabase, type TestDatabase } from '../test-database.fixture.ts'
import { SqliteConnection } from './sqlite-connection.ts'

const PROCESS = new URL('./committing-process.fixture.ts', import.meta.url)
/** Writes told before each kill; the second process begins with what the first one left. */
const KILLED_AFTER = [33, 150]

describe('a process that is killed in the middle of many commits', () => {
  let place: TestDatabase
  beforeEach(async () => {
    place = await makeEmbeddedDatabase()
  })
  afterEach(() => place.dispose())

  /** Lets the process write and kills it; every write it told of, the last revision of each job. */
  async function killed(after: number): Promise<Map<string, number>> {
    const child = runFixture(PROCESS, [place.place.folder])
    const ended = ending(child)
    const told = new Map<string, number>()
    let lines = 0
    for await (const line of createInterface({ input: child.stdout })) {
      const [id = '', revision] = line.split(' ')
      told.set(id, Number(revision))
      lines += 1
      if (lines === after) child.kill('SIGKILL')
    }
    expect(await ended).toBe('SIGKILL')
    expect(lines).toBeGreaterThanOrEqual(after)
    return told
  }

  it('has lost nothing that it was told is stored', async () => {
    for (const after of KILLED_AFTER) {
      const told = await killed(after)
      const database = await place.connect()
      const repository = await createJobRepository(database)
      for (const [id, revision] of told) {
        const job = await repository.get(id)
        expect(job?.revision).toBeGreaterThanOrEqual(revision)
        if (job) expect(job.artifacts).toEqual(artifactsOf(job))
      }
      await database.close()
    }
    const connection = new SqliteConnection(join(place.place.folder, 'studio.db'))
    expect(connection.rows('PRAGMA integrity_check')).toEqual([['ok']])
    // Every element that is indexed is in its document, and the other way round.
    const elements = `SELECT value, id FROM "jobs:elements:artifacts"`
    const inDocuments = `SELECT each.value, jobs.id FROM jobs, json_each(document, '$.artifacts') each`
    expect(connection.rows(`${elements} EXCEPT ${inDocuments}`)).toEqual([])
    expect(connection.rows(`${inDocuments} EXCEPT ${elements}`)).toEqual([])
    connection.close()
  })
})
