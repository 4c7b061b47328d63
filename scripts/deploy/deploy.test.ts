import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it, type TestContext } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { z } from 'zod'
import { STUDIO_VERSION } from '../../src/domain/studio-version.ts'
import { VARIABLE_NAMES } from '../../src/main/environment/variables.ts'
import { readEnvironment } from '../../src/main/environment.ts'
import { installValidators, type Validators } from './validators.ts'

const DEPLOY = fileURLToPath(new URL('../../deploy', import.meta.url))
const DOCKERFILE = join(DEPLOY, 'Dockerfile')
const COMPOSE = join(DEPLOY, 'compose.yml')
const INSTALL_MS = 10 * 60_000

let validators: Validators | null = null
beforeAll(async () => {
  validators = await installValidators().catch((error: unknown) => {
    // Debian: apt-get install python3-venv.
    console.warn(`SKIPPED checks of deploy/: the validators need Python with venv. ${String(error)}`)
    return null
  })
}, INSTALL_MS)

/** On a machine without Python the test says that it is skipped; CI has it. */
function needed(context: TestContext): Validators {
  if (validators === null && process.env.CI) throw new Error('CI must check deploy/.')
  return validators ?? context.skip('no Python with venv here')
}

async function manifestFiles(): Promise<string[]> {
  const names = await readdir(join(DEPLOY, 'kubernetes'), { recursive: true })
  return names.filter((name) => name.endsWith('.yaml')).map((name) => join(DEPLOY, 'kubernetes', name))
}

/** The text with one thing in it changed, as a file that is gone afterwards. */
async function withBroken<T>(file: string, from: string, to: string, look: (broken: string) => Promise<T>): Promise<T> {
  const text = await readFile(file, 'utf8')
  expect(text).toContain(from)
  const folder = await mkdtemp(join(tmpdir(), 'deploy-'))
  try {
    const broken = join(folder, 'broken.yaml')
    await writeFile(broken, text.replace(from, to))
    return await look(broken)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const objectSchema = z.looseObject({
  kind: z.string(),
  metadata: z.looseObject({ name: z.string(), labels: z.record(z.string(), z.string()).optional() })
})

const containerSchema = z.looseObject({
  image: z.string(),
  securityContext: z.looseObject({ allowPrivilegeEscalation: z.literal(false) }),
  resources: z.looseObject({ limits: z.record(z.string(), z.string()), requests: z.record(z.string(), z.string()) })
})
const podSchema = z.looseObject({
  automountServiceAccountToken: z.literal(false),
  containers: z.array(containerSchema).min(1)
})
const workloadSchema = z.looseObject({ spec: z.looseObject({ template: z.looseObject({ spec: podSchema }) }) })

async function objects() {
  const texts = await Promise.all((await manifestFiles()).map((file) => readFile(file, 'utf8')))
  const documents = texts.flatMap((text) => parseAllDocuments(text).map((each): unknown => each.toJS()))
  return documents.map((each) => objectSchema.parse(each))
}

describe('Kubernetes manifests', () => {
  it('follow the schemas of Kubernetes, strictly', async (context) => {
    const { kubernetes } = needed(context)
    expect(await kubernetes(await manifestFiles())).toMatchObject({ code: 0 })
  })

  it.for([
    ['a figure that is none', 'workers.yaml', 'minReplicas: 2', 'minReplicas: two'],
    ['a field that there is not', 'workers.yaml', 'readinessProbe:', 'readynessProbe:'],
    ['a kind without its version', 'mongo.yaml', 'apiVersion: apps/v1', 'apiVersion: v1']
  ] as const)('are refused with %s', async ([, name, from, to], context) => {
    const { kubernetes } = needed(context)
    const file = join(DEPLOY, 'kubernetes', name)
    const outcome = await withBroken(file, from, to, (broken) => kubernetes([broken]))
    expect(outcome.code).not.toBe(0)
  })

  it('run without privileges and within limits', async () => {
    const pods = (await objects()).flatMap((each) => {
      if (each.kind === 'Deployment' || each.kind === 'StatefulSet')
        return [workloadSchema.parse(each).spec.template.spec]
      return each.kind === 'Pod' ? [podSchema.parse(each.spec)] : []
    })
    expect(pods.length).toBeGreaterThanOrEqual(5)
  })

  it('name the image of this version', async () => {
    for (const name of ['workers.yaml', 'optional/admin.yaml']) {
      const text = await readFile(join(DEPLOY, 'kubernetes', name), 'utf8')
      expect(text).toContain(`image: apex-portrait-studio:${STUDIO_VERSION}\n`)
    }
  })

  it('set variables that the studio knows, to values that it takes', async () => {
    const config = (await objects()).find(({ kind }) => kind === 'ConfigMap')
    const { data } = z.looseObject({ data: z.record(z.string(), z.string()) }).parse(config)
    expect(VARIABLE_NAMES).toEqual(expect.arrayContaining(Object.keys(data)))
    const secret = (await objects()).find(({ kind }) => kind === 'Secret')
    const { stringData } = z.looseObject({ stringData: z.record(z.string(), z.string()) }).parse(secret)
    expect(readEnvironment({ variables: { ...data, ...stringData } })).toMatchObject({
      maxAttempts: 3,
      allowedHosts: ['studio', 'studio.example'],
      vllmServerUrl: undefined
    })
  })
})

const composedSchema = z.looseObject({
  services: z.record(
    z.string(),
    z.looseObject({
      environment: z.record(z.string(), z.string().nullable()).optional(),
      command: z.array(z.string()).nullish()
    })
  )
})

describe('compose.yml', () => {
  it('is what Docker Compose takes, and sets the seed’s values', async (context) => {
    const { compose } = needed(context)
    const outcome = await compose(COMPOSE, { MONGO_PASSWORD: 'of-the-test' })
    expect(outcome).toMatchObject({ code: 0, stderr: '' })
    const { services } = composedSchema.parse(JSON.parse(outcome.stdout))
    expect(Object.keys(services).sort()).toEqual(['flux', 'mongo', 'studio', 'vllm'])
    const variables = services.studio?.environment ?? {}
    expect(VARIABLE_NAMES).toEqual(expect.arrayContaining(Object.keys(variables)))
    const given = Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, value ?? undefined]))
    expect(readEnvironment({ variables: given })).toMatchObject({
      maxAttempts: 3,
      mongoUri: 'mongodb://studio:of-the-test@mongo:27017/?authSource=admin',
      vllmServerUrl: undefined
    })
    const seed = ['HuggingFaceTB/SmolVLM2-2.2B-Instruct', '--port', '12000', '--max-model-len', '36000']
    expect(services.vllm?.command).toEqual([...seed, '--gpu-memory-utilization', '0.6'])
  })

  it('asks for a password instead of having one', async (context) => {
    const { code, stderr } = await needed(context).compose(COMPOSE, {})
    expect(code).not.toBe(0)
    expect(stderr).toContain('set MONGO_PASSWORD')
  })

  it('is refused with a field that there is not', async (context) => {
    const { compose } = needed(context)
    const look = (broken: string) => compose(broken, { MONGO_PASSWORD: 'x' })
    expect((await withBroken(COMPOSE, 'healthcheck:', 'healthchek:', look)).code).not.toBe(0)
  })
})

describe('the Dockerfile', () => {
  it('has nothing that hadolint warns of', async (context) => {
    expect(await needed(context).dockerfile(DOCKERFILE)).toMatchObject({ code: 0, stdout: '' })
  })

  it.for([
    ['the newest of anything', 'FROM node:22-bookworm-slim\n', 'FROM node\n'],
    ['a folder that is no absolute one', 'WORKDIR /studio', 'WORKDIR studio'],
    ['an instruction that there is not', 'VOLUME /data', 'VOLUMES /data']
  ] as const)('is refused with %s', async ([, from, to], context) => {
    const { dockerfile } = needed(context)
    expect((await withBroken(DOCKERFILE, from, to, dockerfile)).code).not.toBe(0)
  })

  it('takes from the build what the studio runs on, and no more', async () => {
    const text = await readFile(DOCKERFILE, 'utf8')
    const copied = [...text.matchAll(/^COPY --from=build (.+) \S+$/gm)].flatMap(
      ([, sources]) => sources?.split(' ') ?? []
    )
    expect(copied.map((path) => path.replace('/studio/', '')).sort()).toEqual(
      ['LICENSE', 'NOTICE', 'node_modules', 'out', 'package.json', 'resources'].sort()
    )
    expect(text).toMatch(/^USER \d+:\d+$/m)
  })
})
