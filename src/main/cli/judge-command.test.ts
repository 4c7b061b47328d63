import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { saying } from '../../domain/judging/answers.fixture.ts'
import type { OpenStudio } from '../studio.ts'
import { type ChatServer, openChatServer } from '../testing/chat-server.fixture.ts'
import { openerFromSources } from '../testing/real-studio.fixture.ts'
import { runCommand } from '../testing/run-command.fixture.ts'

const MINUTES = 60_000
/** Of the canaries, px: a quarter of the pixels of the studio's own, to the same truths. */
const LONG_EDGE = 512
const open = openerFromSources()
const openWithSmallCanaries: OpenStudio = async (options) => {
  const studio = await open(options)
  return { ...studio, canaryEngines: { ...studio.canaryEngines, longEdge: LONG_EDGE } }
}
const PHOTO = fileURLToPath(new URL('../../../e2e/photos/grace-hopper.jpg', import.meta.url))

describe('apex-studio judge', { timeout: 5 * MINUTES }, () => {
  let root: string
  let server: ChatServer
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'judge-command-'))
    server = await openChatServer({ script: () => saying(0.98), models: ['yes/man'] })
  })
  afterAll(async () => {
    await server.close()
    await rm(root, { recursive: true, force: true })
  })

  const run = (variables: NodeJS.ProcessEnv, ...args: string[]) =>
    runCommand(root, args, variables, openWithSmallCanaries)

  it('has nothing to calibrate where only the rules judge, and says so', async () => {
    const { exitCode, err } = await run({}, 'judge', 'calibrate', PHOTO)
    expect(exitCode).toBe(2)
    expect(err).toContain('There is no model that judges.')
  })

  it('takes every vote of a model that says yes to everything, and remembers it', async () => {
    const variables = { VLLM_SERVER_URL: server.url }
    expect((await run(variables, 'doctor')).out).toContain('never calibrated')

    const calibrated = await run(variables, 'judge', 'calibrate', PHOTO, '--json')
    expect(calibrated.exitCode).toBe(0)
    const { calibration } = JSON.parse(calibrated.out)
    expect(calibration).toMatchObject({ judge: { engine: 'remote', version: 'yes/man' }, photos: 1 })
    const found = calibration.criteria.map(({ id, sound }: { id: string; sound: object }) => [id, sound])
    expect(Object.fromEntries(found)).toMatchObject({ 'vlm:face': { n: 2, rejected: 2 } })

    const shown = await run({}, 'judge', 'show')
    expect(shown.out).toContain('yes/man')
    expect(shown.out).toContain('no better than chance')
    expect((await run(variables, 'doctor')).out).toMatch(/calibrated on one photo.*no vote on .*natural face/)
  })
})
