import { z } from 'zod'
import { StudioError } from '../domain/errors.ts'

const DEFAULT_ATTEMPTS = 3
const MOST_ATTEMPTS = 10

/** An empty variable means the same as one that is not set. */
const text = z
  .string()
  .optional()
  .transform((value) => (value === undefined || value.trim() === '' ? undefined : value.trim()))

const environmentSchema = z.object({
  MAX_ATTEMPTS: text
    .transform((value) => (value === undefined ? DEFAULT_ATTEMPTS : Number(value)))
    .pipe(z.int().min(1).max(MOST_ATTEMPTS)),
  MONGO_URI: text,
  APEX_DATA_FOLDER: text,
  APEX_RESOURCES: text
})

/** What the environment says; undefined means the studio decides. */
export interface StudioEnvironment {
  readonly maxAttempts: number
  readonly mongoUri: string | undefined
  readonly dataFolder: string | undefined
  readonly resources: string | undefined
}

/** @throws StudioError `option-invalid` that names the variable. */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): StudioEnvironment {
  const parsed = environmentSchema.safeParse(variables)
  if (!parsed.success) {
    const issues = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    throw new StudioError('option-invalid', `The environment cannot be read. ${issues.join('; ')}`)
  }
  return {
    maxAttempts: parsed.data.MAX_ATTEMPTS,
    mongoUri: parsed.data.MONGO_URI,
    dataFolder: parsed.data.APEX_DATA_FOLDER,
    resources: parsed.data.APEX_RESOURCES
  }
}
