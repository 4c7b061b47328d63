import { buffer } from 'node:stream/consumers'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Picture } from '../../../domain/job.ts'
import type { ArtifactStore } from '../../store/artifact-store.ts'

/** Sends a stored picture as its bytes; who has it already is told so. Its address names a job, so that it may change. */
export async function sendPicture(
  request: FastifyRequest,
  reply: FastifyReply,
  artifacts: ArtifactStore,
  { artifact, mediaType }: Pick<Picture, 'artifact' | 'mediaType'>
): Promise<FastifyReply> {
  const tag = `"${artifact}"`
  reply.header('etag', tag).header('cache-control', 'private, no-cache').header('vary', 'accept')
  const known = request.headers['if-none-match']?.split(',').map((each) => each.trim().replace(/^W\//, ''))
  if (known?.includes(tag)) return await reply.status(304).send()
  const stored = await artifacts.stat(artifact)
  const stream = await artifacts.open(artifact)
  reply.header('content-type', mediaType)
  if (stored) reply.header('content-length', stored.bytes)
  return await reply.send(stream)
}

/** The whole picture as base64 text, as the seed system's clients read it. */
export async function pictureInText(
  artifacts: ArtifactStore,
  { artifact }: Pick<Picture, 'artifact'>
): Promise<string> {
  return (await buffer(await artifacts.open(artifact))).toString('base64')
}
