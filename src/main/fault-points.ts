import { StudioError } from '../domain/errors.ts'

/**
 * A hook for crash tests. Places where a crash would hurt most have a name; the environment variable APEX_FAULT_POINT
 * names one (`artifact-renamed`, or `after-commit:3` for the third time it is passed) and the process then ends itself
 * with SIGKILL there, as a power cut would. Unset, which is everywhere else, it does nothing.
 */
export const FAULT_POINTS = [
  'after-claim',
  'mid-step',
  'artifact-temp-written',
  'artifact-renamed',
  'after-commit'
] as const
export type FaultPoint = (typeof FAULT_POINTS)[number]

const VARIABLE = 'APEX_FAULT_POINT'

interface ArmedFault {
  readonly point: FaultPoint
  readonly passes: number
}

/** @throws StudioError `option-invalid` for anything but `name` or `name:count` with a count from 1. */
export function parseFaultPoint(text: string): ArmedFault {
  const [name, count = '1', ...rest] = text.split(':')
  const point = FAULT_POINTS.find((each) => each === name)
  if (!point || rest.length > 0 || !/^[1-9]\d*$/.test(count)) {
    throw new StudioError('option-invalid', `${VARIABLE} is "${text}", which names no fault point.`, {
      hint: `Unset ${VARIABLE}, or use one of ${FAULT_POINTS.join(', ')}, with :N for the Nth time.`
    })
  }
  return { point, passes: Number(count) }
}

const setting = process.env[VARIABLE]
const armed = setting === undefined || setting === '' ? null : parseFaultPoint(setting)
let passed = 0

export async function faultPoint(point: FaultPoint): Promise<void> {
  if (armed?.point !== point) return
  passed += 1
  if (passed < armed.passes) return
  process.kill(process.pid, 'SIGKILL')
  // The signal is delivered asynchronously; nothing may happen after it.
  await new Promise(() => {})
}
