import type { Brief } from '../brief.ts'
import type { TuneRequest } from '../engine.ts'
import { failedCriteria } from '../judgement.ts'
import { repairPrompt } from './repair-prompt.ts'
import { repairSettings } from './repair-settings.ts'

/** The next brief, in the terms the generator understands; null where nothing would mend what failed. */
export function tuneBrief(request: TuneRequest): Brief | null {
  if (failedCriteria(request.judgement).some((row) => row.inPhoto)) return null
  switch (request.generator.kind) {
    case 'photographic':
      return repairSettings(request)
    case 'generative':
      return repairPrompt(request)
    case 'rules':
    case 'language-model':
      return null
  }
}
