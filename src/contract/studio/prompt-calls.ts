import { z } from 'zod'
import { engineIdentitySchema } from '../../domain/engine.ts'
import { judgeCalibrationSchema } from '../../domain/judging/calibration.ts'
import { promptNameSchema, promptStateSchema } from '../../domain/prompting/prompt-template.ts'
import { command, query } from './call-definition.ts'
import { nothingSchema } from './shapes.ts'

/** What language models are told, and how far they can be trusted as judges. */
export const PROMPT_CALLS = {
  /** Every template, with its words. */
  'prompts.list': query(nothingSchema, z.object({ prompts: z.array(promptStateSchema) })),
  /** @throws `prompt-invalid` that says what is wrong; what was there stays. */
  'prompts.save': command(z.strictObject({ name: promptNameSchema, text: z.string() }), promptStateSchema),
  /** The template that comes with the studio holds again. */
  'prompts.reset': command(z.strictObject({ name: promptNameSchema }), promptStateSchema),
  /** Every model there is that judges, with what its calibration found; null where nobody has tried it. */
  'judges.list': query(
    nothingSchema,
    z.object({
      judges: z.array(
        engineIdentitySchema.extend({ label: z.string(), calibration: judgeCalibrationSchema.nullable() })
      )
    })
  )
} as const
