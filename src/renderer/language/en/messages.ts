import { CHOICE_NAMES, CRITERION_NAMES } from '../domain-words.ts'
import compare from './compare.json' with { type: 'json' }
import criteria from './criteria.json' with { type: 'json' }
import delivery from './delivery.json' with { type: 'json' }
import gallery from './gallery.json' with { type: 'json' }
import intake from './intake.json' with { type: 'json' }
import keys from './keys.json' with { type: 'json' }
import models from './models.json' with { type: 'json' }
import parameters from './parameters.json' with { type: 'json' }
import queue from './queue.json' with { type: 'json' }
import report from './report.json' with { type: 'json' }
import settings from './settings.json' with { type: 'json' }
import studio from './studio.json' with { type: 'json' }

/** Every text of the studio. What the domain names itself is taken from there. */
export const ENGLISH = {
  studio,
  keys,
  intake,
  parameters,
  queue,
  gallery,
  compare,
  report,
  delivery,
  models,
  settings,
  criteria: { ...criteria, name: CRITERION_NAMES },
  choices: CHOICE_NAMES
}
