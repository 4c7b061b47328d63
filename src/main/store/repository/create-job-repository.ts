import type { Job } from '../../../domain/job.ts'
import type { Database } from '../database.ts'
import type { JobRepository } from '../job-repository.ts'
import { fillListings } from './fill-listings.ts'
import { changesSince } from './job-changes.ts'
import { jobCommands } from './job-commands.ts'
import { createJobIndexes } from './job-indexes.ts'
import { jobLeases } from './job-leases.ts'
import { jobQueries } from './job-queries.ts'
import { rollCall } from './roll-call.ts'

/** The jobs of a database, with their indexes made. */
export async function createJobRepository(database: Database): Promise<JobRepository> {
  const jobs = database.collection<Job>('jobs')
  await createJobIndexes(jobs)
  return {
    ...jobCommands(jobs, database),
    ...jobQueries(jobs),
    ...jobLeases(jobs),
    ...rollCall(jobs, database),
    fillListings: (signal) => fillListings(jobs, signal),
    changesSince: (position) => changesSince(jobs, database, position)
  }
}
