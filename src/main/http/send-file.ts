import { basename, dirname } from 'node:path'
import send, { type SendOptions } from '@fastify/send'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** Answers with a file of the studio's own choosing: ranges and conditional requests are heeded. */
export async function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  path: string,
  options: Pick<SendOptions, 'cacheControl' | 'contentType' | 'immutable' | 'maxAge'> = {}
): Promise<FastifyReply> {
  // One name below one folder: nothing in it is read as a path.
  const { statusCode, headers, stream } = await send(request.raw, encodeURIComponent(basename(path)), {
    root: dirname(path),
    index: false,
    dotfiles: 'allow',
    ...options
  })
  return await reply.status(statusCode).headers(headers).send(stream)
}
