import swagger from '@fastify/swagger'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { HttpApp } from '../http-routes.ts'

declare module 'fastify' {
  interface FastifySchema {
    /** What a form of several parts holds; the route reads it part by part, so that no body schema can check it. */
    form?: z.ZodType
  }
}

export interface ApiDescription {
  readonly title: string
  readonly version: string
  /** Markdown. */
  readonly description: string
}

/** Collects the description of every route registered afterwards, from the schemas that check requests and answers. */
export async function describeApi(app: HttpApp, description: ApiDescription): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { ...description, license: { name: 'Apache-2.0' } },
      components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
      security: [{}, { key: [] }]
    },
    transform: (route) => {
      const { form, ...schema } = route.schema ?? {}
      const described = jsonSchemaTransform({ ...route, schema })
      if (!form) return described
      return { ...described, schema: { ...described.schema, body: jsonSchemaOf(form) } }
    },
    transformObject: jsonSchemaTransformObject
  })
}

function jsonSchemaOf(form: z.ZodType) {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(form, { io: 'input' })
  return schema
}
