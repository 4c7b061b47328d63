import type { RetouchSettingName } from '../retouch-settings.ts'
import { say } from '../sentences/say.ts'

/** What happens to the picture; completes "so …". */
export function effectOf(setting: RetouchSettingName, from: number, to: number): string {
  return say(`${setting}${to > from ? '+' : '-'}`)
}
