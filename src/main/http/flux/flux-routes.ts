import multipart from '@fastify/multipart'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { ArtifactStore } from '../../store/artifact-store.ts'
import type { GuardedParts, RegisterRoutes } from '../guarded-server.ts'
import { BYTES, PROBLEMS } from '../problem-responses.ts'
import { receiveForm } from '../uploads/receive-form.ts'
import type { PictureMaker } from './picture-maker.ts'
import { fieldsOf, imagesFieldsSchema, orderOfImages, orderOfSeed, seedFieldsSchema } from './picture-order.ts'

export interface FluxServing {
  readonly maker: PictureMaker
  /** Where photos lie until the picture is made; emptied by whoever made it. */
  readonly uploads: ArtifactStore
}

const MOST_PICTURES = 8
const MOST_FIELDS = 20
const FIELD_BYTES = 64 * 1024
/** As OpenAI's clients and vLLM-Omni name them. */
const IMAGES_FIELDS = new Set(['image[]', 'image'])
const SEED_FIELDS = new Set(['image_file'])

const imagesAnswerSchema = z.object({ created: z.int(), data: z.array(z.object({ b64_json: z.string() })) })
const formOfImages = z.object({ 'image[]': z.array(BYTES).min(1), prompt: z.string() })
const formOfSeed = z.object({ image_file: BYTES, prompt: z.string() })

/** What a Flux server answers: OpenAI's Images API and the seed system's `/generate`. */
export function fluxRoutes({ maker, uploads }: FluxServing): RegisterRoutes<GuardedParts> {
  return async (app, { settings, closing }) => {
    await app.register(multipart, {
      throwFileSizeLimit: false,
      limits: {
        fileSize: settings.photoBytes,
        files: MOST_PICTURES,
        fields: MOST_FIELDS,
        fieldSize: FIELD_BYTES,
        fieldNameSize: 100,
        headerPairs: 20,
        parts: MOST_PICTURES + MOST_FIELDS
      }
    })

    /** A picture nobody waits for any more is not made. */
    const whileWaitedFor = (reply: FastifyReply): AbortSignal => {
      const gone = new AbortController()
      reply.raw.once('close', () => gone.abort())
      return AbortSignal.any([gone.signal, closing])
    }

    /** The photos of a form as files, which are gone once `work` has ended. */
    async function withForm<T>(
      request: FastifyRequest,
      photoFields: ReadonlySet<string>,
      work: (fields: ReadonlyMap<string, readonly string[]>, pictures: readonly string[]) => Promise<T>
    ): Promise<T> {
      const { files, fields } = await receiveForm(request, { artifacts: uploads, settings, photoFields })
      const ids = files.map(({ stored }) => stored.id)
      return await work(fields, await Promise.all(ids.map((id) => uploads.localPath(id))))
    }

    const imagesAnswer = (bytes: Buffer) => ({
      created: Math.floor(Date.now() / 1000),
      data: [{ b64_json: bytes.toString('base64') }]
    })

    app.post(
      '/v1/images/generations',
      {
        schema: {
          operationId: 'createImage',
          tags: ['images'],
          summary: 'A picture from words',
          body: imagesFieldsSchema,
          response: { 200: imagesAnswerSchema, ...PROBLEMS }
        }
      },
      async ({ body }, reply) => imagesAnswer(await maker.make(orderOfImages(body, []), whileWaitedFor(reply)))
    )

    app.post(
      '/v1/images/edits',
      {
        schema: {
          operationId: 'createImageEdit',
          tags: ['images'],
          summary: 'A picture from words and photos',
          consumes: ['multipart/form-data'],
          form: formOfImages,
          response: { 200: imagesAnswerSchema, ...PROBLEMS }
        }
      },
      async (request, reply) =>
        await withForm(request, IMAGES_FIELDS, async (fields, pictures) => {
          const order = orderOfImages(fieldsOf(imagesFieldsSchema, fields), pictures)
          return imagesAnswer(await maker.make(order, whileWaitedFor(reply)))
        })
    )

    app.post(
      '/generate',
      {
        schema: {
          operationId: 'generate',
          tags: ['seed system'],
          summary: 'A picture from words and a photo, as the seed system asks for it',
          consumes: ['multipart/form-data'],
          form: formOfSeed,
          response: { 200: z.object({ job_id: z.string(), image_base64: z.string() }), ...PROBLEMS }
        }
      },
      async (request, reply) =>
        await withForm(request, SEED_FIELDS, async (fields, pictures) => {
          const asked = fieldsOf(seedFieldsSchema, fields)
          const bytes = await maker.make(orderOfSeed(asked, pictures), whileWaitedFor(reply))
          return { job_id: asked.job_id ?? '', image_base64: bytes.toString('base64') }
        })
    )

    app.get(
      '/v1/models',
      {
        schema: {
          operationId: 'listModels',
          tags: ['images'],
          summary: 'The engine behind this server',
          response: {
            200: z.object({ object: z.literal('list'), data: z.array(z.looseObject({ id: z.string() })) }),
            ...PROBLEMS
          }
        }
      },
      async () => {
        const { engine } = await maker.describe()
        return { object: 'list' as const, data: [{ id: engine, object: 'model', owned_by: 'apex-portrait-studio' }] }
      }
    )

    app.get(
      '/health',
      {
        config: { access: 'open' },
        schema: {
          operationId: 'getHealth',
          tags: ['server'],
          summary: 'Whether it makes pictures, and how many are asked for',
          response: {
            200: z.object({ status: z.string(), model_loaded: z.boolean(), engine: z.string(), asked: z.int() }),
            ...PROBLEMS
          }
        }
      },
      async () => {
        const { engine } = await maker.describe()
        return { status: 'healthy', model_loaded: true, engine, asked: maker.asked }
      }
    )
  }
}
