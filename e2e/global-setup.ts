import { electronRuntime } from '../scripts/electron/runtime.ts'

/** Name of the environment variable that tells the tests which Electron to start. */
export const EXECUTABLE_VARIABLE = 'STUDIO_TEST_ELECTRON'

/** Finds an Electron before any test's clock runs: the first time it is downloaded, which may take minutes. */
export default async function findElectron(): Promise<void> {
  const runtime = await electronRuntime((line) => console.error(line))
  if (!runtime) throw new Error('There is no Electron to test with; the reason is told above.')
  process.env[EXECUTABLE_VARIABLE] = runtime.executable
}
