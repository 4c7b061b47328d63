import type { EngineIdentity } from '../engine.ts'
import { QUESTION_CATALOGUE_VERSION } from './question-catalogue.ts'

/** What a calibration holds for: this engine with this model, asked these questions. */
export function judgeKey({ engine, version }: EngineIdentity): string {
  return `${engine} ${version} questions ${QUESTION_CATALOGUE_VERSION}`
}
