import { isAbsolute, relative, sep } from 'node:path'
import type { MadePicture } from '../../domain/engine.ts'
import { StudioError, toStudioError } from '../../domain/errors.ts'
import type { Picture } from '../../domain/job.ts'
import type { JobArtifacts } from './outwait.ts'

/**
 * Takes the file an engine has made into the store.
 * @throws StudioError `engine-output-invalid` when it is absent, empty or outside the folder the engine was given.
 */
export async function adoptPicture(
  made: MadePicture,
  folder: string,
  artifacts: JobArtifacts,
  signal: AbortSignal
): Promise<Picture> {
  const inside = relative(folder, made.path)
  if (isAbsolute(inside) || inside.split(sep)[0] === '..') {
    throw new StudioError('engine-output-invalid', 'The engine wrote its picture outside the folder it was given.')
  }
  const { id, bytes } = await artifacts.takeFile(made.path, signal).catch((thrown: unknown) => {
    if (toStudioError(thrown).code !== 'file-missing') throw thrown
    const message = 'The engine said it made a picture, but there is no file.'
    throw new StudioError('engine-output-invalid', message, { cause: thrown })
  })
  if (bytes === 0) throw new StudioError('engine-output-invalid', 'The engine made an empty file.')
  const { mediaType, size, sourceDetail, limitations, notes } = made
  return { artifact: id, mediaType, size, sourceDetail, limitations, notes }
}
