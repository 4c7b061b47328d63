import type { FastifyRequest } from 'fastify'
import type { StudioError } from '../../../domain/errors.ts'
import { FileArtifactStore } from '../../store/artifacts/file-artifact-store.ts'
import type { GuardedParts } from '../guarded-server.ts'
import { receiveForm } from '../uploads/receive-form.ts'
import type { PictureMaker, RequestFolders } from './picture-maker.ts'

/** What the routes of a Flux server are made from. */
export interface FluxParts extends GuardedParts {
  readonly maker: PictureMaker
  /** Where photos lie until their request has been answered. */
  readonly folders: RequestFolders
  /** Told of every failure that is the studio's own. */
  readonly onFault: (error: StudioError) => void
}

interface ReceivedPictures {
  readonly fields: ReadonlyMap<string, readonly string[]>
  /** Files. */
  readonly pictures: readonly string[]
}

/**
 * Reads a form, and removes its photos once they have been used.
 * @throws StudioError of `receiveForm`, what `use` throws
 */
export async function withPictures<T>(
  request: FastifyRequest,
  photoFields: ReadonlySet<string>,
  { folders, settings }: Pick<FluxParts, 'folders' | 'settings'>,
  use: (received: ReceivedPictures) => Promise<T>
): Promise<T> {
  const folder = await folders.create()
  try {
    const artifacts = await FileArtifactStore.open(folder)
    const { files, fields } = await receiveForm(request, { artifacts, settings, photoFields })
    return await use({ fields, pictures: await Promise.all(files.map(({ stored }) => artifacts.localPath(stored.id))) })
  } finally {
    await folders.remove(folder)
  }
}
