import { createJobRepository } from '../repository/create-job-repository.ts'
import { openFromSource } from '../test-database.fixture.ts'
import { attempt, newJob } from '../test-job.fixture.ts'

/**
 * A process that writes without end, and tells of each write once its promise has resolved: `ID REVISION` a line.
 * Argument: the folder of the store.
 */

const [folder = ''] = process.argv.slice(2)
const repository = await createJobRepository(await openFromSource({ folder }))
const tell = (job: { readonly _id: string; readonly revision: number }) => {
  process.stdout.write(`${job._id} ${job.revision}\n`)
}

async function work(owner: string): Promise<never> {
  for (;;) {
    tell(await repository.create(newJob()))
    const held = await repository.claim({ owner, bootId: 'boot' })
    if (!held) continue
    tell(held)
    const made = await repository.transition(held, { attempts: [attempt(1, 0.4)] })
    tell(made)
    tell(await repository.transition(made, { status: 'failed' }))
  }
}
// So many that their writes wait for the disk together.
await Promise.all(['one', 'two', 'three', 'four', 'five', 'six'].map(work))
