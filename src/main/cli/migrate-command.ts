import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { StudioError } from '../../domain/errors.ts'
import { dataFolderOf, makeDataFolder } from '../data-folder.ts'
import { isKnownDead, workerOfThisProcess } from '../jobs/worker-identity.ts'
import { moveStore } from '../store/move/move-store.ts'
import { openStore, type Store } from '../store/open-store.ts'
import { createJobRepository } from '../store/repository/create-job-repository.ts'
import type { CommandContext } from './command-context.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { parseOptions } from './studio-session.ts'

const address = z.string().regex(/^mongodb(\+srv)?:\/\//, 'an address that begins with mongodb:// or mongodb+srv://')
const optionsSchema = z.object({ from: address.optional(), to: address.optional() })

/**
 * Moves the jobs and pictures of one store to another: `--to` names a MongoDB server that takes them, `--from` one that
 * gives them; where one of the two is left out it is the data folder.
 */
export async function migrateJobs(raw: unknown, context: CommandContext): Promise<ExitCode> {
  const { from, to } = parseOptions(optionsSchema, raw)
  if (from === to) {
    throw new StudioError('option-invalid', 'It is not clear where the jobs are to go.', {
      hint: 'Name a server with --to mongodb://… or --from mongodb://…; the other side is the data folder.'
    })
  }
  const { terminal, signal, environment, storeWorker: worker } = context
  const folder = dataFolderOf(environment)
  await makeDataFolder(folder)
  const copies = await mkdtemp(join(folder, 'migrating-'))
  const opened: Store[] = []
  const open = async (uri: string | undefined, cache: string) => {
    const store = await openStore({ uri, folder, worker, cacheFolder: join(copies, cache) })
    opened.push(store)
    return store
  }
  try {
    const source = await open(from, 'source')
    await refuseWhileInUse(source, folder)
    const target = await open(to, 'target')
    terminal.note(`From: ${source.description}\nTo:   ${target.description}`)
    const moved = await moveStore(source, target, {
      signal,
      onProgress: ({ activity, done }) => terminal.status(`${activity}: ${done}`),
      openForChecking: () => openStore({ uri: to, folder, worker, cacheFolder: join(copies, 'checking') })
    })
    const { documents, pictures, copied, newer, damaged } = moved
    terminal.result(
      `${documents} documents and ${pictures} pictures are there, compared with where they come from; ` +
        `${copied.documents} and ${copied.pictures} of them were copied now.`
    )
    if (newer > 0) terminal.note(`${newer} have gone on there since they were copied, and stay as they are there.`)
    for (const id of damaged) terminal.note(`The picture ${id} is damaged where it comes from, and was not copied.`)
    const then = to === undefined ? 'unset MONGO_URI' : 'set MONGO_URI to the new address'
    terminal.note(`The first store is as it was. To use the second, ${then}.`)
    return damaged.length === 0 ? EXIT.delivered : EXIT.notDelivered
  } finally {
    await Promise.all(opened.map((store) => store.close()))
    await rm(copies, { recursive: true, force: true })
  }
}

/** @throws StudioError `job-state` while a worker that may live holds a job of the store. */
async function refuseWhileInUse(source: Store, folder: string): Promise<void> {
  const repository = await createJobRepository(source.database)
  const self = await workerOfThisProcess(folder)
  const held = (await repository.leases()).filter(({ lease }) => !isKnownDead(lease, self))
  if (held.length === 0) return
  throw new StudioError('job-state', `${held.length} jobs of the store are being worked on.`, {
    hint: 'Stop its studios and servers first. Where a worker was lost, start a studio on the store until its jobs wait again.'
  })
}
