import type { ToEngine } from '../../contract/engine-protocol.ts'

/** How a child process ended. Under Electron there is only a code. */
export interface ChildExit {
  readonly code: number | null
  readonly signal: string | null
  /** Set when it could not be started at all, or could no longer be reached. */
  readonly error?: Error
}

/** An engine process as its supervisor sees it. No method throws, whatever state the process is in. */
export interface EngineChild {
  readonly pid: number | undefined
  send(message: ToEngine): void
  onMessage(listener: (message: unknown) => void): void
  /** What it prints, on either stream. */
  onOutput(listener: (text: string) => void): void
  /** Once, after the last output. */
  onExit(listener: (exit: ChildExit) => void): void
  /** At once, without asking the process. */
  kill(): void
}

export interface ForkRequest {
  /** Module to run. */
  readonly entry: string
  readonly args: readonly string[]
  /** Options of Node itself, e.g. a loader for TypeScript. */
  readonly execArgv: readonly string[]
  /** Added to this process's environment. */
  readonly environment: Readonly<Record<string, string>>
}

/** Starts an engine process: `child_process.fork` under Node, `utilityProcess.fork` under Electron. */
export type ForkEngine = (request: ForkRequest) => EngineChild
