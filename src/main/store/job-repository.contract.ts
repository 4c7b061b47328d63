import { afterAll, beforeAll, beforeEach, describe } from 'vitest'
import { createJobRepository } from './repository/create-job-repository.ts'
import { fillListingsContract } from './repository/fill-listings.contract.ts'
import { jobChangesContract } from './repository/job-changes.contract.ts'
import { jobCommandsContract } from './repository/job-commands.contract.ts'
import { jobEndingsContract } from './repository/job-endings.contract.ts'
import { jobLeasesContract } from './repository/job-leases.contract.ts'
import { jobLifecycleContract } from './repository/job-lifecycle.contract.ts'
import { jobQueriesContract } from './repository/job-queries.contract.ts'
import { jobSearchContract } from './repository/job-search.contract.ts'
import { lostAnswersContract } from './repository/lost-answers.contract.ts'
import type { OpenedRepository } from './repository/open-repository.fixture.ts'
import { rollCallContract } from './repository/roll-call.contract.ts'
import type { TestDatabase } from './test-database.fixture.ts'

/** What a job repository over any database must do. `make` gives an empty database. */
export function jobRepositoryContract(make: () => Promise<TestDatabase>): void {
  let current: OpenedRepository | null = null
  beforeAll(async () => {
    const place = await make()
    const database = await place.connect()
    current = { place, database, repository: await createJobRepository(database) }
  })
  afterAll(() => current?.place.dispose())
  beforeEach(async () => {
    const jobs = opened().database.collection('jobs')
    while ((await jobs.deleteOne({})).deletedCount > 0);
  })
  const opened = () => {
    if (!current) throw new Error('There is no repository outside of a test.')
    return current
  }
  describe('commands', () => jobCommandsContract(opened))
  describe('queries', () => jobQueriesContract(opened))
  describe('search', () => jobSearchContract(opened))
  describe('listings', () => fillListingsContract(opened))
  describe('leases', () => jobLeasesContract(opened))
  describe('roll call', () => rollCallContract(opened))
  describe('endings', () => jobEndingsContract(opened))
  describe('lost answers', () => lostAnswersContract(opened))
  describe('changes', () => jobChangesContract(opened))
  describe('lifecycle', () => jobLifecycleContract(opened))
}
