import { stat } from 'node:fs/promises'
import { toStudioError } from '../../domain/errors.ts'

/** Changes with the file. @throws StudioError `file-missing`, `file-unreadable` */
export async function fileKey(path: string): Promise<string> {
  const { mtimeMs, size } = await stat(path).catch((cause: unknown) => {
    throw toStudioError(cause)
  })
  return [path, mtimeMs, size].join('\n')
}
