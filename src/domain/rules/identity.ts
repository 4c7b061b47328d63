import type { EngineIdentity } from '../engine.ts'
import { STUDIO_VERSION } from '../studio-version.ts'

/** Who signs what the built-in rules write. */
export const RULES_IDENTITY: EngineIdentity = { engine: 'rules', version: STUDIO_VERSION }
