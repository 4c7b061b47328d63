import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildTinyVlm } from '../../../scripts/models/tiny-vlm/build-tiny-vlm.ts'
import { TINY_MODEL } from '../../../scripts/models/tiny-vlm/sample-tiny-vlm.ts'

/** A folder of its own with a tiny model in it; the caller removes it. */
export async function tinyModelFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'apex-tiny-vlm-'))
  await buildTinyVlm(folder, TINY_MODEL)
  return folder
}
