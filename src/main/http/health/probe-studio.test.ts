import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildTinyVlm } from '../../../../scripts/models/tiny-vlm/build-tiny-vlm.ts'
import { TINY_JUDGE } from '../../../../scripts/models/tiny-vlm/sample-tiny-vlm.ts'
import { createLocalVlm } from '../../engines/local-vlm.ts'
import { forkNodeChild } from '../../engines/node-fork.ts'
import { openTestApi } from '../../studio-api/studio-api.fixture.ts'
import { probeStudio } from './probe-studio.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'apex-probe-'))
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

it('does not say of a model that is short of memory now that it is away', async () => {
  await buildTinyVlm(join(folder, 'tiny'), TINY_JUDGE)
  const local = createLocalVlm({
    engineEntry: fileURLToPath(new URL('../../../inference/process.ts', import.meta.url)),
    execArgv: ['--import', 'tsx'],
    fork: forkNodeChild,
    modelsFolder: folder,
    freeMemory: () => 1024 ** 2
  })
  const models = async () => [await local.modelName()]
  const engine = { port: 'vlm', engine: 'local', label: 'here', describe: () => local.describe(), models } as const
  const test = await openTestApi()
  try {
    const { engines } = await probeStudio({ ...test.studio, engines: [{ ...engine, activity: local.activity }] })
    expect(engines).toMatchObject([{ state: 'idle', models: [], error: 'engine-out-of-memory' }])
  } finally {
    await test.close()
    await local.stop()
  }
})

it('says of a server that does not answer in time that it is away', async () => {
  const silent = createServer(() => undefined)
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  const address = silent.address()
  if (address === null || typeof address === 'string') throw new Error('It listens at no port.')
  const test = await openTestApi(undefined, { VLLM_SERVER_URL: `http://127.0.0.1:${address.port}` })
  try {
    const { engines, servers } = await probeStudio(test.studio)
    expect(engines.find(({ engine }) => engine === 'remote')).toMatchObject({
      state: 'away',
      error: 'engine-unavailable'
    })
    expect([...servers]).toEqual([['VLLM_SERVER_URL', false]])
  } finally {
    await test.close()
    silent.closeAllConnections()
    silent.close()
  }
})
