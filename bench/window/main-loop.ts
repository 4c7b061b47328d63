import type { ElectronApplication } from '@playwright/test'

/** How late the event loop of a main process was, milliseconds. */
export interface HeldUp {
  readonly p99: number
  readonly most: number
}

/** Measures the event loop of an Electron main process while the work goes on. */
export async function heldUp<T>(
  app: ElectronApplication,
  work: () => Promise<T>
): Promise<{ readonly result: T; readonly delay: HeldUp }> {
  const histogram = await app.evaluateHandle(() => {
    const delay = process.getBuiltinModule('node:perf_hooks').monitorEventLoopDelay({ resolution: 1 })
    delay.enable()
    return delay
  })
  const result = await work()
  const delay = await histogram.evaluate((measured) => {
    measured.disable()
    return { p99: measured.percentile(99) / 1e6, most: measured.max / 1e6 }
  })
  await histogram.dispose()
  return { result, delay }
}
