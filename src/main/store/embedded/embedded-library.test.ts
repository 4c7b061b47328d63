import { describe } from 'vitest'
import { documentsContract } from '../documents/documents.contract.ts'
import { libraryContract } from '../library/library.contract.ts'
import { makeEmbeddedDatabase } from '../test-database.fixture.ts'

describe('the library over the embedded store', () => libraryContract(makeEmbeddedDatabase))
describe('documents over the embedded store', () => documentsContract(makeEmbeddedDatabase))
