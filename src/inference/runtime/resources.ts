import { join, resolve } from 'node:path'
import { RESOURCES_VARIABLE } from '../../contract/engine-protocol.ts'

/** Where models, places and prompts lie. The supervisor names the folder; tests and scripts run in the repository's root. */
export function resourcePath(...parts: readonly string[]): string {
  return join(resolve(process.env[RESOURCES_VARIABLE] ?? 'resources'), ...parts)
}
