import { z } from 'zod'
import { machinePathSchema } from '../../domain/machine-path.ts'
import { modelIdSchema } from '../../domain/models/catalogue-model.ts'
import { modelStateSchema } from '../../domain/models/model-state.ts'
import { command, query } from './call-definition.ts'
import { nothingSchema } from './shapes.ts'

const whichSchema = z.strictObject({ id: modelIdSchema })

/** Larger models that are installed by the user. What becomes of each is told by `models.changed`. */
export const MODEL_CALLS = {
  /** Every model of the catalogue. */
  'models.list': query(nothingSchema, z.object({ models: z.array(modelStateSchema) })),
  /**
   * Begins a download, or goes on with one; answers at once.
   * @throws `model-licence` until the licence of a model that is not for paid work is accepted; `model-unfit` where it
   * needs more memory than there is, unless it is wanted `anyway`.
   */
  'models.pull': command(
    z.strictObject({
      id: modelIdSchema,
      acceptLicence: z.boolean().default(false),
      anyway: z.boolean().default(false)
    }),
    modelStateSchema
  ),
  /** Ends what is going on; what has been downloaded is kept, and `models.pull` goes on with it. */
  'models.pause': command(whichSchema, modelStateSchema),
  /** Ends a download and throws away what has come of it. */
  'models.discard': command(whichSchema, modelStateSchema),
  /** Long. Out of a folder that holds the files as the hub lists them. @throws `model-folder-unfit`. */
  'models.import': command(
    z.strictObject({ id: modelIdSchema, folder: machinePathSchema, mode: z.enum(['copy', 'link']).default('copy') }),
    modelStateSchema
  ),
  /** Long. Reads every byte of an installed model. @throws `model-damaged`; pull it again then. */
  'models.verify': command(whichSchema, modelStateSchema),
  /** Can be brought back until the studio is closed. */
  'models.remove': command(whichSchema, modelStateSchema),
  'models.restore': command(whichSchema, modelStateSchema)
} as const
