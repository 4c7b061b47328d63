import { z } from 'zod'

/** Whether the desktop studio also serves browsers, and where. */
export const serverSettingsSchema = z.object({
  on: z.boolean(),
  /** `loopback`: 127.0.0.1, this machine only; `network`: 0.0.0.0, whoever reaches this machine. */
  reach: z.enum(['loopback', 'network']),
  port: z.int().min(1).max(65_535)
})
export type ServerSettings = z.infer<typeof serverSettingsSchema>

/** 8001 is the port that `apex-studio serve` has. */
export const DEFAULT_SERVER_SETTINGS: ServerSettings = { on: false, reach: 'loopback', port: 8001 }
