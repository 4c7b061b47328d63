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

const DESCRIPTION = `Order portraits, follow them, and fetch what was made.

A server on loopback needs no key; any other asks for \`Authorization: Bearer KEY\`. Every mistake is answered by a problem
document (RFC 9457) with a stable \`code\` and a \`hint\`.`

/** Collects the description of every route registered afterwards, from the schemas that check requests and answers. */
export async function describeApi(app: HttpApp, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'APEX Portrait Studio', version, description: DESCRIPTION, license: { name: 'Apache-2.0' } },
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
