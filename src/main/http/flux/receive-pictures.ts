import type { FastifyRequest } from 'fastify'
import type { StudioError } from '../../../domain/errors.ts'
import type { ArtifactStore } from '../../store/artifact-store.ts'
import type { GuardedParts } from '../guarded-server.ts'
import { receiveForm } from '../uploads/receive-form.ts'
import type { PictureMaker } from './picture-maker.ts'

/** What the routes of a Flux server are made from. */
export interface FluxParts extends GuardedParts {
  readonly maker: PictureMaker
  /** Where photos lie until the server ends. */
  readonly uploads: ArtifactStore
  /** Told of every failure that is the studio's own. */
  readonly onFault: (error: StudioError) => void
}

/** Fields of a form, and its photos as files. @throws StudioError of `receiveForm` */
export async function receivePictures(
  request: FastifyRequest,
  photoFields: ReadonlySet<string>,
  { uploads, settings }: Pick<FluxParts, 'uploads' | 'settings'>
): Promise<{ fields: ReadonlyMap<string, readonly string[]>; pictures: readonly string[] }> {
  const { files, fields } = await receiveForm(request, { artifacts: uploads, settings, photoFields })
  return { fields, pictures: await Promise.all(files.map(({ stored }) => uploads.localPath(stored.id))) }
}
