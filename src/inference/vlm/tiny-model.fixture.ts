import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildTinyVlm } from '../../../scripts/models/tiny-vlm/build-tiny-vlm.ts'
import type { TinyVlm } from '../../../scripts/models/tiny-vlm/tiny-vlm.ts'

/** Sees how bright a picture is, and whether it is red; knows one brief, and one answer without an end. */
export const TINY_MODEL: TinyVlm = {
  sights: [
    { word: 'bright', colour: 'brightness', from: 0.5 },
    { word: 'red', colour: 'red', from: 0.6 }
  ],
  negations: ['not'],
  agreeing: 0,
  answers: [
    {
      when: 'brief',
      parts: ['{"prompt":"', 'A portrait in ', { oneOf: ['the city', 'an office'], otherwise: 'a studio' }, '"}']
    },
    { when: 'forever', parts: ['on ', 'and ', 'again '], endless: true }
  ]
}

/** A folder of its own with a tiny model in it; the caller removes it. */
export async function tinyModelFolder(model: TinyVlm = TINY_MODEL): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'apex-tiny-vlm-'))
  await buildTinyVlm(folder, model)
  return folder
}
