import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { writeSmallFile } from '../files/small-file.ts'

const rectangleSchema = z.object({ x: z.int(), y: z.int(), width: z.int().positive(), height: z.int().positive() })
export type Rectangle = z.infer<typeof rectangleSchema>

const windowStateSchema = z.object({ bounds: rectangleSchema, maximized: z.boolean(), fullScreen: z.boolean() })
export type WindowState = z.infer<typeof windowStateSchema>

/** At least so much of the window's top edge must be on a screen for it to be grasped, in pixels. */
const GRASPABLE = 120

/** Where the window was, if that can still be reached: a screen may have been taken away. */
export function reachable(state: WindowState, screens: readonly Rectangle[]): WindowState | null {
  const { x, y, width } = state.bounds
  const isReachable = screens.some((screen) => {
    const across = Math.min(x + width, screen.x + screen.width) - Math.max(x, screen.x)
    return across >= GRASPABLE && y >= screen.y && y < screen.y + screen.height - GRASPABLE
  })
  return isReachable ? state : null
}

/** null where nothing, or nothing that can be read, was kept. */
export async function readWindowState(file: string): Promise<WindowState | null> {
  try {
    return windowStateSchema.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return null
  }
}

/** Where it cannot be kept the window opens in its usual place; nothing more is lost. */
export function keepWindowState(file: string, state: WindowState): void {
  try {
    writeSmallFile(file, JSON.stringify(state))
  } catch {
    return
  }
}
