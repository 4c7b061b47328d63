import { describe } from 'vitest'
import { collectionContract } from '../collection.contract.ts'
import { makeEmbeddedDatabase } from '../test-database.fixture.ts'

describe('collections of the embedded store', () => collectionContract(makeEmbeddedDatabase))
