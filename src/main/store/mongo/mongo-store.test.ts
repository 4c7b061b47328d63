import { describe } from 'vitest'
import { mongoDatabaseMaker, mongoPlacesOfFile } from '../../testing/mongo-server/mongo-places.fixture.ts'
import { collectionContract } from '../collection.contract.ts'
import { documentsContract } from '../documents/documents.contract.ts'
import { jobRepositoryContract } from '../job-repository.contract.ts'
import { libraryContract } from '../library/library.contract.ts'

const places = await mongoPlacesOfFile()

describe.skipIf(places.length === 0).each(places)('over $name', ({ uri }) => {
  describe('collections', () => collectionContract(mongoDatabaseMaker(uri)))
  describe('the job repository', () => jobRepositoryContract(mongoDatabaseMaker(uri)))
  describe('the library', () => libraryContract(mongoDatabaseMaker(uri)))
  describe('documents', () => documentsContract(mongoDatabaseMaker(uri)))
})
