import { isStudioCallName, STUDIO_CALLS_BY_NAME, type StudioCallName } from '../../contract/studio/calls.ts'
import { namedPaths } from '../../contract/studio/named-paths.ts'
import { type StudioAnswer, studioRequestSchema } from '../../contract/studio/transport.ts'
import { StudioError, serializeError } from '../../domain/errors.ts'
import type { Asker, HandlerContext, HandlersOf } from './handlers.ts'
import type { Tasks } from './tasks.ts'

export interface Answering {
  readonly handlers: Partial<HandlersOf<StudioCallName>>
  readonly tasks: Tasks
  readonly asker: Asker
}

/**
 * Answers a request from outside. Never rejects: whatever goes wrong is an error in the answer. Nothing reaches a
 * handler that its schema has not read.
 */
export async function dispatch(request: unknown, { handlers, tasks, asker }: Answering): Promise<StudioAnswer> {
  try {
    const { name, params, task } = parsed('The request', studioRequestSchema.safeParse(request))
    if (!isStudioCallName(name)) throw new StudioError('call-unknown', `There is no call "${name}".`)
    return {
      ok: true,
      result: await tasks.run(task, (context) => invoke(name, params, { ...context, task, asker }, handlers))
    }
  } catch (thrown) {
    return { ok: false, error: serializeError(thrown) }
  }
}

async function invoke<N extends StudioCallName>(
  name: N,
  params: unknown,
  context: HandlerContext,
  handlers: Partial<HandlersOf<StudioCallName>>
): Promise<unknown> {
  const { where, params: schema } = STUDIO_CALLS_BY_NAME[name]
  const handler: Partial<HandlersOf<N>>[N] = where === 'desktop' && !context.asker.desktop ? undefined : handlers[name]
  if (!handler) throw new StudioError('desktop-only', `${name} needs the desktop studio.`)
  const request = parsed(name, schema.safeParse(params))
  if (!namedPaths(schema, request).every((path) => context.asker.mayName(path))) {
    throw new StudioError('call-refused', `${name} names a file of the studio’s machine that only its window may use.`)
  }
  return await handler(request, context)
}

type Parsed<T> =
  | { success: true; data: T }
  | { success: false; error: { issues: readonly { path: readonly PropertyKey[]; message: string }[] } }

function parsed<T>(what: string, result: Parsed<T>): T {
  if (result.success) return result.data
  const issues = result.error.issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message }))
  const said = issues.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; ')
  throw new StudioError('call-invalid', `${what} cannot be understood. ${said}`, { details: { issues } })
}
