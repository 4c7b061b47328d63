import { examineStudio } from '../doctor.ts'
import type { CommandContext } from './command-context.ts'
import { EXIT, type ExitCode } from './exit-code.ts'

export async function runDoctor(raw: Readonly<Record<string, unknown>>, context: CommandContext): Promise<ExitCode> {
  const { terminal } = context
  const studio = await context.openStudio({ environment: context.environment })
  try {
    const findings = await examineStudio(studio)
    if (raw.json === true) {
      terminal.result(JSON.stringify({ findings }, null, 2))
    } else {
      for (const finding of findings) {
        const mark = finding.ok ? terminal.style('green', '✓') : terminal.style('red', '✗')
        terminal.result(
          `${mark} ${finding.subject}: ${finding.says}${finding.hint === '' ? '' : `\n  ${finding.hint}`}`
        )
      }
    }
    return findings.every((finding) => finding.ok) ? EXIT.delivered : EXIT.notDelivered
  } finally {
    await studio.close()
  }
}
