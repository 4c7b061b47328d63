import { STUDIO_VERSION } from '../../domain/studio-version.ts'
import { examineMachine, examineServers, examineStudio, type Finding, troubled } from '../doctor.ts'
import type { Studio } from '../studio.ts'
import type { CommandContext } from './command-context.ts'
import { EXIT, type ExitCode } from './exit-code.ts'

export async function runDoctor(raw: Readonly<Record<string, unknown>>, context: CommandContext): Promise<ExitCode> {
  const findings = [...(await findingsOf(context)), ...(await examineServers(context.environment, context.signal))]
  return tell(findings, raw, context)
}

/** A studio that cannot be opened is what doctors are called for: that is a finding too. */
async function findingsOf(context: CommandContext): Promise<readonly Finding[]> {
  let studio: Studio
  try {
    studio = await context.openStudio({ environment: context.environment })
  } catch (thrown) {
    return [...examineMachine(STUDIO_VERSION), troubled('store', thrown)]
  }
  try {
    return await examineStudio(studio)
  } finally {
    await studio.close()
  }
}

function tell(
  findings: readonly Finding[],
  raw: Readonly<Record<string, unknown>>,
  { terminal }: CommandContext
): ExitCode {
  if (raw.json === true) {
    terminal.result(JSON.stringify({ findings }, null, 2))
  } else {
    for (const finding of findings) {
      const mark = finding.ok ? terminal.style('green', '✓') : terminal.style('red', '✗')
      terminal.result(`${mark} ${finding.subject}: ${finding.says}${finding.hint === '' ? '' : `\n  ${finding.hint}`}`)
    }
  }
  return findings.every((finding) => finding.ok) ? EXIT.delivered : EXIT.notDelivered
}
