import { createJobRepository } from './repository/create-job-repository.ts'
import { openFromSource } from './test-database.fixture.ts'

/** A process that claims jobs until none waits, and tells each id it got on a line of its own: `FOLDER [URI]`. */

const [folder = '', uri] = process.argv.slice(2)
const database = await openFromSource({ folder, uri })
const repository = await createJobRepository(database)
const worker = { owner: `process-${process.pid}`, bootId: 'test' }
for (;;) {
  const job = await repository.claim(worker)
  if (!job) break
  process.stdout.write(`${job._id}\n`)
}
await database.close()
