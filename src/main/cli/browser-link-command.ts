import { encodeQR } from 'qr'
import { z } from 'zod'
import { BrowserAccess } from '../browser-access/browser-access.ts'
import type { CommandContext } from './command-context.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { ROLE_PORTS } from './role-ports.ts'
import { parseOptions, withStudio } from './studio-session.ts'
import type { Terminal } from './terminal.ts'

const optionsSchema = z.object({ at: z.url({ protocol: /^https?$/ }).optional() })

/** Prints a link on stdout that lets one browser in, at any server of the same store; everything about it on stderr. */
export async function makeBrowserLink(raw: unknown, context: CommandContext): Promise<ExitCode> {
  const { at } = parseOptions(optionsSchema, raw)
  const { environment, terminal } = context
  const { reachedAt } = await import('../http/reached-at.ts')
  return await withStudio(context, async (studio) => {
    const [address = ''] =
      at === undefined ? reachedAt(environment.host, String(environment.port ?? ROLE_PORTS.jobs)) : [at]
    const link = await new BrowserAccess(studio, () => undefined).makeLink(address.replace(/\/+$/, ''))
    tellLink(terminal, link)
    terminal.result(link.url)
    return EXIT.delivered
  })
}

/** How long the link works, and what a tablet's camera reads it from. */
export function tellLink(terminal: Terminal, { url, expiresAt }: { readonly url: string; readonly expiresAt: Date }) {
  const until = expiresAt.toLocaleTimeString('en', { hour: '2-digit', minute: '2-digit', hour12: false })
  terminal.note(`To let a tablet or browser in, open this link there, or scan the code. It works once, until ${until}:`)
  terminal.note(encodeQR(url, 'ascii'))
}
