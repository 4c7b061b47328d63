import envPaths from 'env-paths'
import { StudioError, toStudioError } from '../domain/errors.ts'
import type { StudioEnvironment } from './environment.ts'
import { makeFolder } from './files/durable-files.ts'

/** Where jobs and pictures are kept, unless a server keeps them; what only this machine needs lies there in any case. */
export function dataFolderOf({ dataFolder }: StudioEnvironment): string {
  return dataFolder ?? envPaths('apex-portrait-studio', { suffix: '' }).data
}

/** @throws StudioError `disk-full`, `store-unavailable`. */
export async function makeDataFolder(folder: string): Promise<void> {
  try {
    await makeFolder(folder)
  } catch (cause) {
    const error = toStudioError(cause)
    if (error.code === 'disk-full') throw error
    throw new StudioError('store-unavailable', `There can be no data folder at ${folder}: ${error.message}`, {
      hint: 'Choose another folder with --data or APEX_DATA_FOLDER.',
      cause
    })
  }
}
