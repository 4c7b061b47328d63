import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keepWindowState, reachable, readWindowState, type WindowState } from './window-state.ts'

const screen = { x: 0, y: 0, width: 1920, height: 1080 }
const at = (x: number, y: number): WindowState => ({
  bounds: { x, y, width: 1200, height: 800 },
  maximized: false,
  fullScreen: false
})

describe('the state of the window', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'apex-window-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  it('is kept and read', async () => {
    const file = join(folder, 'window.json')
    keepWindowState(file, at(10, 20))
    expect(await readWindowState(file)).toEqual(at(10, 20))
  })

  it.each(['', '{', '{"bounds":{"x":"left"}}', 'null'])('is forgotten where it reads %j', async (text) => {
    const file = join(folder, 'damaged.json')
    await writeFile(file, text)
    expect(await readWindowState(file)).toBeNull()
  })

  it('costs nothing where it cannot be kept', () => {
    expect(() => keepWindowState(join(folder, 'missing', 'window.json'), at(0, 0))).not.toThrow()
  })

  it.each<[string, WindowState, boolean]>([
    ['on the screen', at(100, 100), true],
    ['half out at the right', at(1700, 100), true],
    ['out at the right', at(1900, 100), false],
    ['out at the left', at(-1150, 100), false],
    ['with its title above the screen', at(100, -50), false],
    ['below the screen', at(100, 1070), false],
    ['on a screen that was taken away', at(2500, 100), false]
  ])('%s: %j reachable %s', (_name, state, expected) => {
    expect(reachable(state, [screen]) !== null).toBe(expected)
  })
})
