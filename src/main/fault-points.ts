/** The places where a test may end the whole process as a power cut would. */
export type FaultPointName = 'after-claim' | 'mid-step' | 'after-commit' | 'after-temp-file' | 'after-rename'

let passed = 0

/**
 * Ends this process by SIGKILL when `APEX_FAULT_POINT` names this point: `after-commit`, or `after-commit:3` for the
 * third time it is passed. Does nothing otherwise.
 */
export async function faultPoint(name: FaultPointName): Promise<void> {
  const [wanted, nth = '1'] = process.env.APEX_FAULT_POINT?.split(':') ?? []
  if (wanted !== name) return
  passed += 1
  if (passed < Number(nth)) return
  process.kill(process.pid, 'SIGKILL')
  // The signal arrives asynchronously: nothing after the fault point may run.
  await new Promise(() => undefined)
}
