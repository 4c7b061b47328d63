import { type EngineDescription, RETOUCH_ENGINE } from '../../domain/engine.ts'
import { say } from '../../domain/sentences/say.ts'
import { STUDIO_VERSION } from '../../domain/studio-version.ts'

const REASON = say('engine-built-in')

export const RETOUCH_DESCRIPTION: EngineDescription = {
  engine: RETOUCH_ENGINE,
  version: STUDIO_VERSION,
  label: say('label-retouch'),
  kind: 'photographic',
  abilities: [say('can-keep-pixels'), say('can-cut-out'), say('can-adapt-light'), say('can-crop')],
  reason: REASON
}

export const MEASUREMENTS_DESCRIPTION: EngineDescription = {
  engine: 'measurements',
  version: STUDIO_VERSION,
  label: say('label-measurements'),
  kind: 'rules',
  abilities: [say('can-find-faces'), say('can-compare-faces'), say('can-measure')],
  reason: REASON
}
