import { z } from 'zod'
import type { GuardedParts, RegisterRoutes } from '../guarded-server.ts'
import type { ServedModel } from './served-model.ts'

const modelSchema = z.object({
  id: z.string(),
  object: z.literal('model'),
  created: z.int(),
  owned_by: z.string()
})

/** What a server of OpenAI's API, and vLLM, tell of themselves. */
export const modelRoutes =
  (served: ServedModel): RegisterRoutes<GuardedParts> =>
  (app) => {
    app.get(
      '/v1/models',
      {
        schema: {
          operationId: 'listModels',
          summary: 'The model of this server',
          response: { 200: z.object({ object: z.literal('list'), data: z.array(modelSchema) }) }
        }
      },
      async () => {
        const model = { id: served.name, object: 'model' as const, created: served.created, owned_by: 'apex-studio' }
        return { object: 'list' as const, data: [model] }
      }
    )
    app.get(
      '/health',
      {
        config: { access: 'open' },
        schema: {
          operationId: 'getHealth',
          summary: 'Whether the model answers',
          response: {
            200: z.object({ status: z.literal('healthy'), model: z.string(), runsOn: z.string().nullable() })
          }
        }
      },
      async () => {
        const { runsOn = null } = await served.model.describe()
        return { status: 'healthy' as const, model: served.name, runsOn }
      }
    )
  }
