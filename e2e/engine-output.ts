import type { StudioApp } from './studio-app.ts'

/** What engine processes print, as Electron's main process hears it. */
export interface EngineOutput {
  /** Everything so far. */
  read(): Promise<string>
}

/**
 * Listens to the engine processes that start from now on. Node tells in them which modules it loads: an output without
 * that was not heard at all.
 */
export async function listenToEngines({ app }: Pick<StudioApp, 'app'>): Promise<EngineOutput> {
  await app.evaluate(({ utilityProcess }) => {
    process.env.NODE_DEBUG = 'module'
    const heard: string[] = []
    Object.assign(globalThis, { heardOfEngines: heard })
    const fork = utilityProcess.fork.bind(utilityProcess)
    utilityProcess.fork = (...asked) => {
      const child = fork(...asked)
      for (const stream of [child.stdout, child.stderr]) stream?.on('data', (bytes: Buffer) => heard.push(`${bytes}`))
      return child
    }
  })
  return {
    read: () =>
      app.evaluate(() => {
        const heard: unknown = Reflect.get(globalThis, 'heardOfEngines')
        return Array.isArray(heard) ? heard.join('') : ''
      })
  }
}
