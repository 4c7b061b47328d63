import { describe } from 'vitest'
import { databaseAt, mongoPlacesOfFile } from '../testing/mongo-server/mongo-places.fixture.ts'
import { crashContract } from './crash.contract.ts'

const places = await mongoPlacesOfFile()

describe('over the embedded store', () => crashContract(() => undefined))
describe.skipIf(places.length === 0).each(places)('over $name', (place) => crashContract(() => databaseAt(place.uri)))
