import type { Job } from '../../../domain/job.ts'
import type { Collection } from '../collection.ts'

/** One index for each question that is asked often; every one of them ends where the page or the first match does. */
export async function createJobIndexes(jobs: Collection<Job>): Promise<void> {
  await Promise.all([
    jobs.createIndex({ deletedAt: 1, createdAt: -1, _id: -1 }),
    jobs.createIndex({ deletedAt: 1, status: 1, createdAt: -1, _id: -1 }),
    jobs.createIndex({ deletedAt: 1, subjectId: 1, createdAt: -1, _id: -1 }),
    jobs.createIndex({ status: 1, deletedAt: 1, priority: -1, position: 1, _id: 1 }),
    jobs.createIndex({ deletedAt: 1, updatedAt: -1, _id: -1 }),
    jobs.createIndex({ deletedAt: 1, 'listing.name': -1, _id: -1 }),
    jobs.createIndex({ deletedAt: 1, 'listing.score': -1, _id: -1 }),
    jobs.createIndex({ deletedAt: 1, 'rating.stars': -1, createdAt: -1, _id: -1 }),
    jobs.createIndex({ deletedAt: 1, 'rating.flag': 1, createdAt: -1, _id: -1 }),
    jobs.createIndex({ deletedAt: 1, 'rating.label': 1, createdAt: -1, _id: -1 }),
    jobs.createIndex({ deletedAt: 1, 'parameters.purpose': 1, createdAt: -1, _id: -1 }),
    jobs.createIndex({ deletedAt: 1, 'engines.generator.engine': 1, createdAt: -1, _id: -1 }),
    jobs.createIndex({ updatedAt: 1, _id: 1 }),
    jobs.createIndex({ untold: 1, status: 1 }),
    jobs.createIndex({ artifacts: 1 }, { multikey: true }),
    jobs.createIndex({ failedCriteria: 1 }, { multikey: true }),
    jobs.createIndex({ 'listing.terms': 1 }, { multikey: true })
  ])
}
