import type { EngineDescription } from '../../domain/engine.ts'
import { STUDIO_VERSION } from '../../domain/studio-version.ts'

const REASON = 'It is built in and needs neither weights nor a graphics card.'

export const RETOUCH_DESCRIPTION: EngineDescription = {
  engine: 'retouch',
  version: STUDIO_VERSION,
  label: 'Built-in retouch',
  kind: 'photographic',
  abilities: [
    "keeps the person's real pixels",
    'cuts the person out and lays another background',
    'adapts light, exposure and colour to the place',
    'levels, crops and sizes for the purpose'
  ],
  reason: REASON
}

export const MEASUREMENTS_DESCRIPTION: EngineDescription = {
  engine: 'measurements',
  version: STUDIO_VERSION,
  label: 'Built-in measurements',
  kind: 'rules',
  abilities: ['finds faces', 'compares the face with the references', 'measures framing, light, focus and edges'],
  reason: REASON
}
