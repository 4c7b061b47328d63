import { type Command, Option } from 'commander'
import { StudioError } from '../../domain/errors.ts'
import { makeBrowserLink } from './browser-link-command.ts'
import type { Run } from './delivery-commands.ts'
import { addKey, listKeys, revokeKey } from './keys-command.ts'
import { ROLE_PORTS } from './role-ports.ts'
import { runServe } from './serve-command.ts'
import { runServeVlm } from './serve-vlm-command.ts'

const VLM_ROLE = 'vlm'

/** @throws StudioError `option-invalid` for other roles beside it. */
function isVlmAlone(roles: unknown): boolean {
  if (!Array.isArray(roles) || !roles.includes(VLM_ROLE)) return false
  if (roles.every((role) => role === VLM_ROLE)) return true
  throw new StudioError('option-invalid', 'The vision-language model is served by a process of its own.', {
    hint: 'Start it beside the other: apex-studio serve --role vlm'
  })
}

/** What makes the studio a server, and who may ask it. */
export function addServerCommands(program: Command, run: Run): void {
  program
    .command('serve')
    .description('Answer over HTTP and work on the queue, without a window. Ends with Ctrl+C; jobs go on later.')
    .exitOverride()
    .addOption(
      new Option(
        '--role <role...>',
        'jobs: the studio itself; flux: its image generator for others; vlm: its vision-language model for others (default: jobs)'
      ).choices([...Object.keys(ROLE_PORTS), VLM_ROLE])
    )
    .action(async (raw: Record<string, unknown>) => {
      await run((context) => (isVlmAlone(raw.role) ? runServeVlm(context) : runServe(raw, context)))
    })
  program
    .command('browser-link')
    .option('--at <address>', 'what browsers open to reach the server, e.g. https://studio.example behind a proxy')
    .description('Make a link that lets one browser in at a running server. It works once, for ten minutes.')
    .action(async (raw: Record<string, unknown>) => {
      await run((context) => makeBrowserLink(raw, context))
    })
  const keys = program.command('keys').description('API keys for a server that others reach.')
  keys
    .command('add')
    .argument('<name>', 'whose it is, for your own memory')
    .option('--scope <scope...>', 'read, write (default: both)')
    .description('Make a key. It is shown once.')
    .action(async (name: string, raw: Record<string, unknown>) => {
      await run((context) => addKey({ ...raw, name }, context))
    })
  keys
    .command('list')
    .option('--json', 'print JSON')
    .description('Every key, without its secret.')
    .action(async (raw: Record<string, unknown>) => {
      await run((context) => listKeys(raw, context))
    })
  keys
    .command('revoke')
    .argument('<id>')
    .description('Refuse a key from now on.')
    .action(async (id: string) => {
      await run((context) => revokeKey(id, context))
    })
}
