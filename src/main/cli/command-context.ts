import type { EngineProcesses } from '../engines/builtin-engine.ts'
import type { EnvironmentSources } from '../environment/effective-variables.ts'
import type { StudioEnvironment } from '../environment.ts'
import type { StartStoreWorker } from '../store/start-store-worker.ts'
import type { OpenStudio } from '../studio.ts'
import type { Terminal } from './terminal.ts'

/** What every command is handed. */
export interface CommandContext {
  readonly openStudio: OpenStudio
  readonly storeWorker: StartStoreWorker
  readonly processes: EngineProcesses
  /** Where LICENSE and NOTICE lie. */
  readonly programFolder: string
  /** Where the built page lies that browsers are shown; undefined where it was not built. */
  readonly pageFolder?: string | undefined
  readonly terminal: Terminal
  readonly signal: AbortSignal
  /** What flags, environment and settings file say. */
  readonly environment: StudioEnvironment
  /** Where that comes from, for variables that one command alone reads. */
  readonly sources: EnvironmentSources
}
