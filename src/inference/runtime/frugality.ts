import { FRUGAL_VARIABLE } from '../../contract/engine-protocol.ts'

/** Whether this process is to make do with little memory: the one before it failed, likely for want of it. */
export function isFrugal(): boolean {
  return process.env[FRUGAL_VARIABLE] === '1'
}
