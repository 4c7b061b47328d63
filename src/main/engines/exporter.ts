import type { Exporter } from '../../domain/engine.ts'
import type { BuiltInEngineOptions } from './builtin-engine.ts'
import { EngineProcess } from './engine-process.ts'

export interface ExporterProcess extends Exporter {
  /** It has, or will have, work that takes longer than a small picture. */
  readonly isExporting: boolean
  stop(): Promise<void>
}

/** The exporter, in a process of the role `delivery`, which starts with the first export and ends when idle. */
export function createExporter(options: Omit<BuiltInEngineOptions, 'resources'>): ExporterProcess {
  const engine = new EngineProcess({
    role: 'delivery',
    entry: options.engineEntry,
    execArgv: options.execArgv ?? [],
    environment: {},
    fork: options.fork,
    ...(options.limits && { limits: options.limits })
  })
  let exports = 0
  return {
    get isExporting() {
      return exports > 0
    },
    async export(request, context) {
      exports += 1
      try {
        return await engine.call('export', request, context)
      } finally {
        exports -= 1
      }
    },
    preview: (request, context) => engine.call('preview', request, context),
    sideBySide: (request, context) => engine.call('sideBySide', request, context),
    stop: () => engine.stop()
  }
}
