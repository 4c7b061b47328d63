import { z } from 'zod'
import { StudioError } from '../../domain/errors.ts'
import type { SessionName } from '../../domain/local-vlm/weight-files.ts'

/** What each session has to take and give, by name; they may take and give more. */
const PORTS: Readonly<Record<SessionName, { readonly takes: string; readonly gives: string }>> = {
  vision_encoder: { takes: 'pixel_values', gives: 'image_features' },
  embed_tokens: { takes: 'input_ids', gives: 'inputs_embeds' },
  decoder_model_merged: { takes: 'inputs_embeds', gives: 'logits' }
}

const sessionSchema = z.object({ inputNames: z.array(z.string()), outputNames: z.array(z.string()) })

/** @throws StudioError `model-unsupported` where a file is of another model than its name says. */
export function requireSessions(sessions: Record<string, unknown>, folder: string): void {
  for (const [name, { takes, gives }] of Object.entries(PORTS)) {
    const session = sessionSchema.safeParse(sessions[name])
    if (session.success && session.data.inputNames.includes(takes) && session.data.outputNames.includes(gives)) continue
    throw new StudioError('model-unsupported', `The file of ${name} in "${folder}" is of another model.`, {
      hint: `It has to take ${takes} and give ${gives}. Delete the folder and install the model again.`
    })
  }
}
