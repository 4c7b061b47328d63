import type { Report } from '../report.ts'
import { RULES_IDENTITY } from '../rules/identity.ts'
import { say } from '../sentences/say.ts'

/** Who wrote a report, and where it was not the model that was to, why. */
export function authorInWords({ writtenBy, note }: Pick<Report, 'writtenBy' | 'note'>): string {
  const { engine, version } = writtenBy
  const who = engine === RULES_IDENTITY.engine ? say('written-by-rules') : say('written-by-model', { model: version })
  return note === undefined ? who : `${who} ${note}`
}
