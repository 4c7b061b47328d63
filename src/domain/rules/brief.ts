import type { Brief } from '../brief.ts'
import type { BriefRequest } from '../engine.ts'
import { firstSettings } from './first-settings.ts'
import { writePrompt } from './prompt.ts'

/** Faults painting models are known for; engines without guidance ignore it. */
const UNWANTED =
  'extra people, extra fingers, deformed hands, asymmetric pupils, plastic skin, heavy make-up, text, watermark, frame, illustration, 3d render'

/** The first brief of a job: words for engines that read, settings for the engine that is set. */
export function writeFirstBrief({ references, inspections, parameters, profile, generator }: BriefRequest): Brief {
  const prompt = writePrompt(parameters, profile)
  if (generator.kind !== 'photographic') return { prompt, negativePrompt: UNWANTED, settings: {}, repairs: [] }
  const settings = firstSettings({ parameters, inspection: inspections[0], face: references[0]?.face ?? null })
  return { prompt, settings, repairs: [] }
}
