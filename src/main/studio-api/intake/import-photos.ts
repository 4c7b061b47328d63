import { basename } from 'node:path'
import type { Intake, PhotoSource, RejectedPhoto } from '../../../contract/studio/photo-calls.ts'
import { StudioError, serializeError } from '../../../domain/errors.ts'
import { say } from '../../../domain/sentences/say.ts'
import type { StudioPhoto } from '../../../domain/subject.ts'
import type { Studio } from '../../studio.ts'
import type { ApiParts } from '../api-parts.ts'
import type { HandlerContext } from '../handlers.ts'
import { expandSources } from './expand-sources.ts'

export interface ImportOptions {
  /** null begins a new subject for each photo, named by its file. */
  readonly subjectId: string | null
  readonly context: HandlerContext
  readonly watchFolderId?: string
}

/** Takes photos into the library, each by itself: one that cannot be read costs no other. */
export async function importPhotos(
  { studio, tell }: Pick<ApiParts, 'studio' | 'tell'>,
  sources: readonly PhotoSource[],
  { subjectId, context, watchFolderId }: ImportOptions
): Promise<Intake> {
  if (subjectId !== null && !(await studio.library.subject(subjectId))) {
    throw new StudioError('subject-missing', `There is no subject ${subjectId}.`)
  }
  const { photos, rejected } = await expandSources(sources)
  const intake: Intake = { accepted: [], rejected }
  const told = (accepted: StudioPhoto[], refused: RejectedPhoto[], waiting: number) => {
    tell('intake.changed', {
      task: context.task,
      watchFolderId: watchFolderId ?? null,
      waiting,
      accepted,
      rejected: refused
    })
  }
  told([], [...rejected], photos.length)
  for (const [index, source] of photos.entries()) {
    context.signal.throwIfAborted()
    const name = source.kind === 'path' ? basename(source.path) : source.name
    context.onProgress({ activity: name, done: index, total: photos.length, withinMs: 60_000 })
    try {
      const photo = await importOne({ studio, tell }, source, name, subjectId, context)
      intake.accepted.push(photo)
      told([photo], [], photos.length - index - 1)
    } catch (thrown) {
      context.signal.throwIfAborted()
      const path = source.kind === 'path' ? source.path : null
      const refused = { name, path, error: serializeError(thrown) }
      intake.rejected.push(refused)
      told([], [refused], photos.length - index - 1)
    }
  }
  return intake
}

async function importOne(
  { studio, tell }: Pick<ApiParts, 'studio' | 'tell'>,
  source: PhotoSource,
  name: string,
  subjectId: string | null,
  context: HandlerContext
): Promise<StudioPhoto> {
  const { library, viewer } = studio
  const { id: artifact, bytes } = await put(studio, source, context.signal)
  const known = (await library.photosOfArtifact(artifact)).find(
    (photo) => photo.deletedAt === null && (subjectId === null || photo.subjectId === subjectId)
  )
  if (known) return known
  const inspection = await viewer.examiner.inspect(await studio.artifacts.localPath(artifact), context)
  if (inspection.faces.length === 0) throw new StudioError('face-none', say('error-no-face-in', { file: name }))
  const subject = subjectId === null ? await library.createSubject(name.replace(/\.[^.]+$/, '') || name) : null
  const face = inspection.faces.length === 1 ? 0 : null
  const owner = subject?._id ?? subjectId ?? ''
  const photo = await library.addPhoto({ subjectId: owner, artifact, name, bytes, inspection, face })
  const subjects = subject ? [subject] : []
  tell('photos.changed', { photos: [photo], removedPhotos: [], subjects, removedSubjects: [] })
  return photo
}

function put({ artifacts }: Studio, source: PhotoSource, signal: AbortSignal) {
  return source.kind === 'path' ? artifacts.putFile(source.path, signal) : artifacts.put(source.bytes)
}
