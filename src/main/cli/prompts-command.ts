import Table from 'cli-table3'
import type { Command } from 'commander'
import { z } from 'zod'
import { PROMPT_NAMES, promptNameSchema } from '../../domain/prompting/prompt-template.ts'
import type { CommandContext } from './command-context.ts'
import type { Run } from './delivery-commands.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { parseOptions, withStudio } from './studio-session.ts'

const nameSchema = z.object({ name: promptNameSchema })
const listSchema = z.object({ json: z.boolean().default(false) })

/** What language models are told, for whoever wants to word it otherwise. */
export function addPromptCommands(program: Command, run: Run): void {
  const prompts = program.command('prompts').description('What language models are told: templates you may change.')
  prompts
    .command('list')
    .option('--json', 'print JSON')
    .description('Every template, and whether you have a copy of your own.')
    .action(async (raw: Record<string, unknown>) => {
      await run((context) => listPrompts(raw, context))
    })
  prompts
    .command('edit')
    .argument('<name>', PROMPT_NAMES.join(', '))
    .description('Make a copy of your own and say where it lies; from then on it is used.')
    .action(async (name: string) => {
      await run((context) => editPrompt(name, context))
    })
  prompts
    .command('reset')
    .argument('<name>', PROMPT_NAMES.join(', '))
    .description('Remove your own copy, so that the one of the studio is used again.')
    .action(async (name: string) => {
      await run((context) => resetPrompt(name, context))
    })
}

async function listPrompts(raw: unknown, context: CommandContext): Promise<ExitCode> {
  const { json } = parseOptions(listSchema, raw)
  return await withStudio(context, async ({ prompts }) => {
    const states = (await prompts.list()).map(({ name, version, isOwn, fault }) => ({
      name,
      version,
      path: prompts.path(name),
      isOwn,
      fault
    }))
    if (json) {
      context.terminal.result(JSON.stringify({ prompts: states }, null, 2))
      return EXIT.delivered
    }
    const table = new Table({ head: ['template', 'version', 'used'], style: { head: [], border: [], compact: true } })
    for (const { name, version, path, isOwn, fault } of states) {
      const own = fault === null ? path : `of the studio; yours cannot be used: ${fault}`
      table.push([name, version, isOwn ? own : 'of the studio'])
    }
    context.terminal.result(table.toString())
    return EXIT.delivered
  })
}

async function editPrompt(raw: string, context: CommandContext): Promise<ExitCode> {
  const { name } = parseOptions(nameSchema, { name: raw })
  return await withStudio(context, async ({ prompts }) => {
    const path = await prompts.copy(name)
    context.terminal.note('Change this file. Check it with: apex-studio prompts list')
    context.terminal.result(path)
    return EXIT.delivered
  })
}

async function resetPrompt(raw: string, context: CommandContext): Promise<ExitCode> {
  const { name } = parseOptions(nameSchema, { name: raw })
  return await withStudio(context, async ({ prompts }) => {
    await prompts.reset(name)
    context.terminal.note(`The template "${name}" is that of the studio again.`)
    return EXIT.delivered
  })
}
