import { previewPicture } from '../backdrop/preview.ts'
import { plantFlaw } from '../canaries/plant-flaw.ts'
import { inspectPhoto } from '../faces/inspect.ts'
import { framePicture } from '../generated/frame-picture.ts'
import { frameReference } from '../generated/framed-reference.ts'
import { cropReference } from '../generated/reference-crop.ts'
import { measurePicture } from '../measure/measure.ts'
import { retouchFinish, retouchGenerate } from '../retouch/engine.ts'
import { retouchSwatch } from '../retouch/swatch.ts'
import { describeExecution, executionFacts } from '../runtime/execution.ts'
import { MEASUREMENTS_DESCRIPTION, RETOUCH_DESCRIPTION } from './built-in-descriptions.ts'
import type { EngineHandlers } from './engine-handlers.ts'

/** Measurements and the retouch engine: they share the decoded photos, the faces and the mattes. */
export const builtInHandlers: EngineHandlers = {
  describe: async ({ port }) => ({
    ...(port === 'examiner' ? MEASUREMENTS_DESCRIPTION : RETOUCH_DESCRIPTION),
    runsOn: describeExecution(executionFacts())
  }),
  inspect: ({ path }, context) => inspectPhoto(path, context),
  measure: measurePicture,
  preview: previewPicture,
  generate: retouchGenerate,
  finish: retouchFinish,
  swatch: retouchSwatch,
  plant: plantFlaw,
  cropReference,
  frameReference,
  frame: framePicture
}
