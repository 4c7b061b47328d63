import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Tokenizer } from '@huggingface/tokenizers'
import { z } from 'zod'
import { StudioError } from '../../../domain/errors.ts'
import { RecentlyUsed } from '../../runtime/recently-used.ts'
import { isFile } from '../layout/is-file.ts'
import { clipTokenizerJson } from './clip-tokenizer-json.ts'

/** Both of a FLUX.1 model; reading megabytes of vocabulary takes longer than all prompts of a job. */
const tokenizers = new RecentlyUsed<Tokenizer>(2)

const jsonObjectSchema = z.record(z.string(), z.unknown())

/** A tokenizer of a model's folder: tokenizer.json, or the older vocab.json and merges.txt of CLIP. @throws StudioError `model-damaged` */
export async function openTokenizer(folder: string): Promise<Tokenizer> {
  return await tokenizers.open(folder, () => readTokenizer(folder))
}

async function readTokenizer(folder: string): Promise<Tokenizer> {
  try {
    const config = (await isFile(folder, 'tokenizer_config.json'))
      ? await readJson(folder, 'tokenizer_config.json')
      : {}
    const tokenizer = (await isFile(folder, 'tokenizer.json'))
      ? await readJson(folder, 'tokenizer.json')
      : clipTokenizerJson(await readJson(folder, 'vocab.json'), await readFile(join(folder, 'merges.txt'), 'utf8'))
    return new Tokenizer(tokenizer, config)
  } catch (cause) {
    throw new StudioError('model-damaged', `The tokenizer in "${folder}" cannot be read.`, {
      hint: 'Pull the model again.',
      cause
    })
  }
}

async function readJson(folder: string, name: string): Promise<Record<string, unknown>> {
  return jsonObjectSchema.parse(JSON.parse(await readFile(join(folder, name), 'utf8')))
}
