import { z } from 'zod'
import type { RegisterRoutes } from '../guarded-server.ts'
import { BYTES, PROBLEMS } from '../problem-responses.ts'
import { fieldsOf, orderOfSeed, seedFieldsSchema } from './picture-order.ts'
import { type FluxParts, withPictures } from './receive-pictures.ts'
import { whileWaitedFor } from './while-waited-for.ts'

const PICTURE_FIELDS = new Set(['image_file'])
const formSchema = z.object({ image_file: BYTES, prompt: z.string() })

/** What the seed system's Flux server answers. */
export const seedRoutes: RegisterRoutes<FluxParts> = (app, parts) => {
  const { maker, closing } = parts
  app.post(
    '/generate',
    {
      schema: {
        operationId: 'generate',
        tags: ['seed system'],
        summary: 'A picture from words and a photo, as the seed system asks for it',
        consumes: ['multipart/form-data'],
        form: formSchema,
        response: { 200: z.object({ job_id: z.string(), image_base64: z.string() }), ...PROBLEMS }
      }
    },
    async (request, reply) => {
      return await withPictures(request, PICTURE_FIELDS, parts, async ({ fields, pictures }) => {
        const asked = fieldsOf(seedFieldsSchema, fields)
        const waited = whileWaitedFor(reply, closing)
        const make = await maker.admit(orderOfSeed(asked, pictures))
        return { job_id: asked.job_id ?? '', image_base64: (await make(waited)).toString('base64') }
      })
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
