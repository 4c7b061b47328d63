import { join } from 'node:path'
import { StudioError } from '../../../domain/errors.ts'
import { isFile } from './is-file.ts'

/** The first of these folders with a tokenizer. @throws StudioError `model-missing` */
export async function tokenizerFolder(model: string, folders: readonly string[]): Promise<string> {
  for (const folder of folders) {
    const path = join(model, folder)
    if (await isFile(path, 'tokenizer.json')) return path
    if ((await isFile(path, 'vocab.json')) && (await isFile(path, 'merges.txt'))) return path
  }
  throw new StudioError('model-missing', `The model in "${model}" has no tokenizer.json in ${folders.join(' or ')}.`, {
    hint: 'Pull the model again, or copy the tokenizer of the original model beside it.'
  })
}
