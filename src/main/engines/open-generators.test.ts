import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { readEnvironment } from '../environment.ts'
import { createBuiltInEngine } from './builtin-engine.ts'
import { ModelMemory } from './model-memory.ts'
import { forkNodeChild } from './node-fork.ts'
import { openGenerators } from './open-generators.ts'

const beside = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const processes = {
  engineEntry: beside('../../inference/process.ts'),
  execArgv: ['--import', 'tsx'],
  fork: forkNodeChild
}

it('offers the server first and the built-in generator last, and gives away none of their insides', async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'apex-generators-'))
  const builtIn = createBuiltInEngine({ ...processes, resources: beside('../../../resources') })
  const environment = readEnvironment({ variables: { FLUX_SERVER_URL: 'http://127.0.0.1:9' } })
  const { engines, close } = await openGenerators({
    environment,
    dataFolder,
    builtIn,
    processes,
    memory: new ModelMemory()
  })
  try {
    expect(engines.map(({ engine }) => engine)).toEqual(['remote', 'flux', 'retouch'])
    const shown = ['activity', 'describe', 'engine', 'label', 'port']
    expect(engines.map((engine) => Object.keys(engine).sort())).toEqual([
      [...shown, 'models'].sort(),
      [...shown, 'models'].sort(),
      shown
    ])
  } finally {
    await Promise.all([close(), builtIn.stop()])
    await rm(dataFolder, { recursive: true, force: true })
  }
})
