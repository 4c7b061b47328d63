import Table from 'cli-table3'
import { z } from 'zod'
import { apiKeySchema, apiScopeSchema } from '../../domain/api-key.ts'
import { ApiKeys } from '../http/guard/api-keys.ts'
import type { CommandContext } from './command-context.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { parseOptions, withStudio } from './studio-session.ts'

const addOptionsSchema = z.object({
  name: apiKeySchema.shape.name,
  scope: z.array(apiScopeSchema).min(1).default(['read', 'write'])
})

/** Prints the key on stdout and everything about it on stderr, so that a script can keep it. */
export async function addKey(raw: unknown, context: CommandContext): Promise<ExitCode> {
  const { name, scope } = parseOptions(addOptionsSchema, raw)
  return await withStudio(context, async (studio) => {
    const { key, stored } = await new ApiKeys(studio.apiKeys).add(name, [...new Set(scope)])
    context.terminal.note(`Key ${stored._id} of ${name} may ${stored.scopes.join(' and ')}. It is shown this once:`)
    context.terminal.result(key)
    return EXIT.delivered
  })
}

const listOptionsSchema = z.object({ json: z.boolean().default(false) })

export async function listKeys(raw: unknown, context: CommandContext): Promise<ExitCode> {
  const { json } = parseOptions(listOptionsSchema, raw)
  return await withStudio(context, async (studio) => {
    const keys = (await new ApiKeys(studio.apiKeys).list()).map(({ _id, name, scopes, createdAt }) => ({
      id: _id,
      name,
      scopes,
      createdAt
    }))
    if (json) {
      context.terminal.result(JSON.stringify({ keys }, null, 2))
      return EXIT.delivered
    }
    if (keys.length === 0) context.terminal.note('No keys yet. Make one with: apex-studio keys add NAME')
    const table = new Table({ head: ['key', 'name', 'may', 'made'], style: { head: [], border: [], compact: true } })
    for (const { id, name, scopes, createdAt } of keys) {
      table.push([id, name, scopes.join(', '), createdAt.toISOString().slice(0, 10)])
    }
    if (keys.length > 0) context.terminal.result(table.toString())
    return EXIT.delivered
  })
}

export async function revokeKey(id: string, context: CommandContext): Promise<ExitCode> {
  return await withStudio(context, async (studio) => {
    await new ApiKeys(studio.apiKeys).revoke(id)
    context.terminal.note(`Key ${id} is refused from now on.`)
    return EXIT.delivered
  })
}
