import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { toStudioError } from '../../../domain/errors.ts'
import { sendEvents } from '../event-stream.ts'
import type { RegisterRoutes } from '../guarded-server.ts'
import { failLikeOpenAi, openAiFailure } from '../model-server/openai-failure.ts'
import { BYTES } from '../problem-responses.ts'
import {
  completedEvent,
  imagesAnswer,
  imagesAnswerSchema,
  modelListSchema,
  partialEvent,
  type StreamKind
} from './images-wire.ts'
import { partialPictures } from './partial-pictures.ts'
import { fieldsOf, type ImagesFields, imagesFieldsSchema, orderOfImages } from './picture-order.ts'
import { type FluxParts, withPictures } from './receive-pictures.ts'
import { whileWaitedFor } from './while-waited-for.ts'

/** As OpenAI's clients and vLLM-Omni name them. */
const PICTURE_FIELDS = new Set(['image[]', 'image'])
const formSchema = z.object({ 'image[]': z.array(BYTES).min(1), prompt: z.string() })

/** OpenAI's Images API: https://platform.openai.com/docs/api-reference/images */
export const imagesRoutes: RegisterRoutes<FluxParts> = (app, parts) => {
  const { maker, closing, onFault } = parts
  failLikeOpenAi(app, onFault)
  const began = Math.floor(Date.now() / 1000)

  async function answer(fields: ImagesFields, pictures: readonly string[], reply: FastifyReply): Promise<FastifyReply> {
    const order = orderOfImages(fields, pictures)
    const waited = whileWaitedFor(reply, closing)
    // What is refused has a status of its own, also where a stream was asked for.
    const make = await maker.admit(order)
    if (!fields.stream) return await reply.send(imagesAnswer(await make(waited), order))
    const kind: StreamKind = pictures.length > 0 ? 'image_edit' : 'image_generation'
    const { partial_images: wanted = 0 } = fields
    let making = Promise.resolve()
    try {
      return await sendEvents(reply, closing, ({ tell, end }) => {
        const say = (data: { readonly type: string }) => tell({ event: data.type, data })
        const partials = partialPictures(wanted, (partial, index) => say(partialEvent(kind, partial, index)))
        making = make(waited, partials)
          .then((bytes) => say(completedEvent(kind, bytes, order)))
          .catch((thrown: unknown) => {
            const { status, body } = openAiFailure(thrown)
            if (status >= 500) onFault(toStudioError(thrown))
            tell({ event: 'error', data: body })
          })
          .finally(end)
        return () => undefined
      })
    } finally {
      // A reader who goes ends the stream before the engine has let go of the photos.
      await making
    }
  }

  app.post(
    '/v1/images/generations',
    {
      schema: {
        operationId: 'createImage',
        tags: ['images'],
        summary: 'A picture from words; with `stream` as events, without partial pictures: those need a photo',
        body: imagesFieldsSchema,
        response: { 200: imagesAnswerSchema }
      }
    },
    async ({ body }, reply) => await answer(body, [], reply)
  )

  app.post(
    '/v1/images/edits',
    {
      schema: {
        operationId: 'createImageEdit',
        tags: ['images'],
        summary: 'A picture from words and photos; with `stream` as it forms',
        consumes: ['multipart/form-data'],
        form: formSchema,
        response: { 200: imagesAnswerSchema }
      }
    },
    async (request, reply) => {
      return await withPictures(
        request,
        PICTURE_FIELDS,
        parts,
        async ({ fields, pictures }) => await answer(fieldsOf(imagesFieldsSchema, fields), pictures, reply)
      )
    }
  )

  app.get(
    '/v1/models',
    {
      schema: {
        operationId: 'listModels',
        tags: ['images'],
        summary: 'The engine behind this server',
        response: { 200: modelListSchema }
      }
    },
    async () => {
      const { engine } = await maker.describe()
      const model = { id: engine, object: 'model' as const, created: began, owned_by: 'apex-portrait-studio' }
      return { object: 'list' as const, data: [model] }
    }
  )
}
