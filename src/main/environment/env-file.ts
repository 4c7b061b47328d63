import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { StudioError } from '../../domain/errors.ts'

export interface EnvFile {
  readonly path: string
  readonly variables: Readonly<Record<string, string | undefined>>
}

const NAME = /^[A-Za-z_][A-Za-z\d_]*$/

/**
 * Reads a file of `NAME=value` lines (https://nodejs.org/api/environment_variables.html#env-files).
 *
 * @param path Null stands for `.env` in the working folder, which need not be there.
 * @throws StudioError `environment-invalid` for a file that is named and cannot be read, or has a line that sets nothing.
 */
export function readEnvFile(path: string | null): EnvFile | null {
  const file = resolve(path ?? '.env')
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    if (path === null && cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null
    throw new StudioError('environment-invalid', `The settings file ${file} cannot be read.`, {
      hint: 'Check its path and its permissions.',
      cause
    })
  }
  const variables = parseEnv(text.replace(/^\uFEFF/, ''))
  // Node takes a line without "=" for the beginning of the next line's name. Not shown: it may hold a secret.
  const broken = Object.keys(variables).filter((name) => !NAME.test(name))
  if (broken.length > 0) {
    throw new StudioError('environment-invalid', `${file} has a line that is no NAME=value.`, {
      hint: 'Write one NAME=value in each line; lines that begin with # are comments.'
    })
  }
  return { path: file, variables }
}
