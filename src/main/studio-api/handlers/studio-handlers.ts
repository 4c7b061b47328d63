import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { StudioDescription } from '../../../contract/studio/studio-calls.ts'
import type { ApiParts } from '../api-parts.ts'
import type { Asker, CallsIn, HandlersOf } from '../handlers.ts'

export interface StudioHandlersOptions {
  /** There is a window on this machine. */
  readonly desktop: boolean
  /** Where LICENSE and NOTICE lie. */
  readonly programFolder: string
}

const PLATFORMS = ['darwin', 'win32', 'linux'] as const

/** What this process runs on, for About and reports of faults. */
function runtime(): string[] {
  const { electron, chrome, node } = process.versions
  return [
    ...(electron === undefined ? [] : [`Electron ${electron}`]),
    ...(chrome === undefined ? [] : [`Chromium ${chrome}`]),
    `Node ${node}`
  ]
}

export function studioHandlers(
  { studio, tell }: ApiParts,
  { desktop, programFolder }: StudioHandlersOptions
): HandlersOf<CallsIn<'studio' | 'settings'>> {
  const description = (asker: Asker): StudioDescription => ({
    version: studio.version,
    platform: PLATFORMS.find((each) => each === process.platform) ?? 'other',
    desktop: desktop && asker.desktop,
    runtime: runtime(),
    dataFolder: studio.dataFolder,
    store: studio.storeDescription,
    maxAttempts: studio.defaults.maxAttempts,
    paused: studio.manager.paused
  })
  return {
    'studio.describe': async (_params, { asker }) => description(asker),
    async 'studio.licences'() {
      const text = (name: string) => readFile(join(programFolder, name), 'utf8')
      const [licence, notice] = await Promise.all([text('LICENSE'), text('NOTICE')])
      return { licence, notice }
    },
    'settings.get': () => studio.settings.get(),
    async 'settings.set'({ change }) {
      const settings = await studio.settings.set(change)
      tell('settings.changed', settings)
      return settings
    }
  }
}
