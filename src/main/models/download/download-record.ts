import { open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { byteRangesSchema } from '../../../domain/models/byte-ranges.ts'
import { modelIdSchema } from '../../../domain/models/catalogue-model.ts'
import { modelFileSchema } from '../../../domain/models/model-file.ts'
import { syncFolder } from '../../files/durable-files.ts'

const RECORD = 'download.json'

/** What is on the drive of a download. It claims only bytes that were there, durably, before it was written. */
const downloadRecordSchema = z.object({
  schemaVersion: z.literal(1),
  id: modelIdSchema,
  repository: z.string(),
  commit: z.string(),
  files: z.array(
    modelFileSchema.extend({
      held: byteRangesSchema,
      /** All of it is there, and its digest is right. */
      verified: z.boolean()
    })
  )
})
export type DownloadRecord = z.infer<typeof downloadRecordSchema>

/** Null where there is none, or none that can be read: the download begins anew then. */
export async function readRecord(folder: string): Promise<DownloadRecord | null> {
  const text = await readFile(join(folder, RECORD), 'utf8').catch(() => null)
  if (text === null) return null
  try {
    return downloadRecordSchema.parse(JSON.parse(text))
  } catch {
    return null
  }
}

/** Writes it whole or not at all; durable when it returns. */
export async function writeRecord(folder: string, record: DownloadRecord): Promise<void> {
  const partial = join(folder, `${RECORD}.partial`)
  const handle = await open(partial, 'w')
  try {
    await handle.writeFile(JSON.stringify(record))
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(partial, join(folder, RECORD))
  await syncFolder(folder)
}
