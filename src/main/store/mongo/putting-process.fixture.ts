import { openMongoStore } from './mongo-store.ts'

/** A process that puts one file and says so when it is durable: `URI CACHE FILE`. */

const [uri = '', cache = '', file = ''] = process.argv.slice(2)
const { artifacts, close } = await openMongoStore(uri, cache)
const { id } = await artifacts.putFile(file)
process.stdout.write(`${id}\n`)
await close()
