import type { Database } from '../database.ts'
import type { JobRepository } from '../job-repository.ts'
import type { TestDatabase } from '../test-database.fixture.ts'

export interface OpenedRepository {
  readonly repository: JobRepository
  readonly database: Database
  readonly place: TestDatabase
}

/** The repository of the test that runs, on a database that was empty before it. */
export type OpenRepository = () => OpenedRepository
