import { z } from 'zod'
import { catalogueModelSchema } from '../../../domain/models/catalogue-model.ts'
import { modelFitSchema } from '../../../domain/models/model-fit.ts'
import { type ModelState, modelStateSchema } from '../../../domain/models/model-state.ts'
import type { HttpRoutes } from '../http-routes.ts'
import { PROBLEMS } from '../problem-responses.ts'

const { id, name, role, abilities, licence, repository } = catalogueModelSchema.shape

const listedModelSchema = z
  .object({
    id,
    name,
    role,
    abilities,
    licence,
    repository,
    state: modelStateSchema.shape.state,
    download_bytes: z.number().describe('The whole download, about'),
    bytes: z.number().describe('What it takes on the drive now'),
    done: z.number().min(0).max(1).nullable().describe('Share of what is going on, or has been paused'),
    fit: modelFitSchema.shape.verdict.describe('Whether this machine can run it'),
    error: z.string().nullable().describe('Why the last attempt came to nothing')
  })
  .meta({ id: 'Model' })

function listed({ model, state, progress, bytes, fit, error }: ModelState): z.infer<typeof listedModelSchema> {
  return {
    id: model.id,
    name: model.name,
    role: model.role,
    abilities: model.abilities,
    licence: model.licence,
    repository: model.repository,
    state,
    download_bytes: model.bytes,
    bytes,
    done: progress && progress.total > 0 ? Math.min(1, progress.done / progress.total) : null,
    fit: fit.verdict,
    error: error?.message ?? null
  }
}

/** What can be installed and what is, to be looked at: models are installed by whoever sits at the machine. */
export const modelListRoute: HttpRoutes = (app, { studio }) => {
  app.get(
    '/models',
    {
      schema: {
        operationId: 'listModels',
        tags: ['studio'],
        summary: 'The models of the catalogue, and which of them are installed',
        response: { 200: z.object({ models: z.array(listedModelSchema) }), ...PROBLEMS }
      }
    },
    async () => ({ models: (await studio.models.list()).map(listed) })
  )
}
