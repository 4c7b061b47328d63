import { createJobRepository } from './repository/create-job-repository.ts'
import { openFromSource } from './test-database.fixture.ts'
import { newJob } from './test-job.fixture.ts'

/** A process that stores one job and ends without closing its store: `FOLDER`. */

const [folder = ''] = process.argv.slice(2)
const repository = await createJobRepository(await openFromSource({ folder }))
process.stdout.write((await repository.create(newJob()))._id)
