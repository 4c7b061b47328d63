import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import { readRecord } from '../download/download-record.ts'
import { ModelFolders } from '../model-folders.ts'
import { TINY_MODEL } from './tiny-model.fixture.ts'

/** Every byte that the record of a download claims is the right one; returns how many it claims. */
export async function expectNoLie(dataFolder: string, files: Readonly<Record<string, Buffer>>): Promise<number> {
  const download = new ModelFolders(dataFolder).download(TINY_MODEL.id)
  const record = await readRecord(download)
  let claimed = 0
  for (const { path, held, verified, bytes } of record?.files ?? []) {
    const there = await readFile(join(download, 'files', path))
    for (const [start, end] of held) {
      const right = files[path]?.subarray(start, end) ?? Buffer.alloc(0)
      expect(there.subarray(start, end).equals(right), `${path} from ${start} to ${end}`).toBe(true)
      claimed += end - start
    }
    if (verified) expect(held).toEqual(bytes === 0 ? [] : [[0, bytes]])
  }
  return claimed
}
