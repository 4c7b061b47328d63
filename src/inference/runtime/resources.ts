import { join, resolve } from 'node:path'

/** Where models, places and prompts lie. The supervisor names the folder; tests and scripts run in the repository's root. */
export function resourcePath(...parts: readonly string[]): string {
  return join(resolve(process.env.APEX_RESOURCES ?? 'resources'), ...parts)
}
