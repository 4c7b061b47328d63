import { describe } from 'vitest'
import { jobRepositoryContract } from '../job-repository.contract.ts'
import { makeEmbeddedDatabase } from '../test-database.fixture.ts'

describe('the job repository over the embedded store', () => jobRepositoryContract(makeEmbeddedDatabase))
