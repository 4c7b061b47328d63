import multipart from '@fastify/multipart'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { GuardedParts, RegisterRoutes } from '../guarded-server.ts'
import { imagesRoutes } from './images-routes.ts'
import type { FluxParts } from './receive-pictures.ts'
import { seedRoutes } from './seed-routes.ts'

export type FluxServing = Pick<FluxParts, 'maker' | 'folders' | 'onFault'>

const MOST_PICTURES = 8
const MOST_FIELDS = 20
const FIELD_BYTES = 64 * 1024

/** What a Flux server answers: OpenAI's Images API and the seed system's `/generate`. */
export function fluxRoutes(serving: FluxServing): RegisterRoutes<GuardedParts> {
  return async (app, guarded) => {
    await app.register(multipart, {
      throwFileSizeLimit: false,
      limits: {
        fileSize: guarded.settings.photoBytes,
        files: MOST_PICTURES,
        fields: MOST_FIELDS,
        fieldSize: FIELD_BYTES,
        fieldNameSize: 100,
        headerPairs: 20,
        parts: MOST_PICTURES + MOST_FIELDS
      }
    })
    // Each in a scope of its own: they tell mistakes in different forms.
    for (const routes of [imagesRoutes, seedRoutes]) {
      await app.register(
        async (scope) => await routes(scope.withTypeProvider<ZodTypeProvider>(), { ...guarded, ...serving })
      )
    }
  }
}
