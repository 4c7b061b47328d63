import { access } from 'node:fs/promises'
import { arch, availableParallelism, freemem, platform, release, totalmem } from 'node:os'
import { join } from 'node:path'
import { BUILT_IN_MODELS } from '../domain/built-in-models.ts'
import type { ChatModel } from '../domain/chat-model.ts'
import { serializeError } from '../domain/errors.ts'
import { judgeKey } from '../domain/judging/judge-key.ts'
import { JUDGED_CRITERIA } from '../domain/judging/question-catalogue.ts'
import { voteOn } from '../domain/judging/vote.ts'
import { PLACE_IDS } from '../domain/parameters/background.ts'
import { counted, criterionWords, listed } from '../domain/rules/criterion-words.ts'
import { probeServer } from './engines/probe-server.ts'
import { type RemoteServer, remoteServers } from './engines/remote/remote-server.ts'
import type { StudioEnvironment } from './environment.ts'
import { freeDisk } from './files/free-disk.ts'
import { checkBuiltInModels } from './models/check-built-in-models.ts'
import type { Studio } from './studio.ts'

export interface Finding {
  readonly subject: string
  readonly ok: boolean
  readonly says: string
  /** What to do; empty when all is well. */
  readonly hint: string
}

const GIBIBYTE = 1024 ** 3
/** The built-in engine's peak at 4k is below 1.5 GiB. */
const LOW_MEMORY = 2 * GIBIBYTE

const inGibibytes = (bytes: number) => `${(bytes / GIBIBYTE).toFixed(1)} GiB`
const well = (subject: string, says: string): Finding => ({ subject, ok: true, says, hint: '' })

async function check(subject: string, look: () => Promise<Finding>): Promise<Finding> {
  try {
    return await look()
  } catch (thrown) {
    return troubled(subject, thrown)
  }
}

export function troubled(subject: string, thrown: unknown): Finding {
  const error = serializeError(thrown)
  return { subject, ok: false, says: `${error.message} [${error.code}]`, hint: error.hint }
}

async function missingFiles(paths: readonly string[]): Promise<string[]> {
  const found = await Promise.all(
    paths.map((path) =>
      access(path).then(
        () => true,
        () => false
      )
    )
  )
  return paths.filter((_, index) => !found[index])
}

/** What can be said without opening the studio. */
export function examineMachine(version: string): Finding[] {
  const says = `${inGibibytes(freemem())} free of ${inGibibytes(totalmem())}`
  return [
    well('program', `apex-portrait-studio ${version}, Node ${process.versions.node}`),
    well('machine', `${platform()} ${release()} ${arch()}, ${availableParallelism()} cores`),
    totalmem() >= LOW_MEMORY
      ? well('memory', says)
      : { subject: 'memory', ok: false, says, hint: 'Stay at resolution 1k or 2k on this machine.' }
  ]
}

/** Asks each model server that is set; also says where this version has no engine that uses it. */
export async function examineServers(environment: StudioEnvironment, signal: AbortSignal): Promise<Finding[]> {
  const examine = async (server: RemoteServer): Promise<Finding> => {
    const isVllm = server.variable === 'VLLM_SERVER_URL'
    const subject = isVllm ? 'vLLM server' : 'Flux server'
    const use = isVllm ? 'It writes briefs, judges and reports.' : 'It makes the pictures.'
    return await check(subject, async () => well(subject, `${await probeServer(server, signal)}. ${use}`))
  }
  return await Promise.all(remoteServers(environment).map(examine))
}

/** How far each model that judges can be trusted: one that was never tried judges all the same, and that is told. */
async function examineJudges({ chatModels, judgeCalibrations }: Studio): Promise<Finding[]> {
  const examine = async (model: ChatModel): Promise<Finding> => {
    const { engine, version } = await model.describe()
    const name = `${engine} ${version}`
    const calibration = await judgeCalibrations.get(judgeKey({ engine, version }))
    if (!calibration) {
      const hint = 'Calibrate it on photos of your own: apex-studio judge calibrate PHOTO…'
      return { subject: 'judge', ok: true, says: `${name} was never calibrated`, hint }
    }
    const { photos, measuredAt } = calibration
    const lost = JUDGED_CRITERIA.filter((id) => !voteOn(calibration, id).counts)
    const labels = lost.map((id) => criterionWords(id).label)
    const votes = lost.length === 0 ? 'it keeps every vote' : `no vote on ${listed(labels)}`
    return well(
      'judge',
      `${name}: calibrated on ${counted(photos, 'photo').toLowerCase()}, ${measuredAt.toISOString().slice(0, 10)}, ${votes}`
    )
  }
  const described = await Promise.all(chatModels.map(async (model) => ({ model, of: await model.describe() })))
  const there = described.filter(({ of }) => of.unavailable === undefined)
  return await Promise.all(there.map(({ model }) => check('judge', () => examine(model))))
}

/** Looks at everything a portrait needs. Never throws: what is wrong is a finding. */
export async function examineStudio(studio: Studio): Promise<Finding[]> {
  const { dataFolder, resources } = studio
  return [
    ...examineMachine(studio.version),
    await check('disk', async () => {
      const { bytes, isLow } = await freeDisk(dataFolder)
      const says = `${inGibibytes(bytes)} free at ${dataFolder}`
      if (!isLow) return well('disk', says)
      return { subject: 'disk', ok: false, says, hint: 'Free some space, or choose another folder with --data.' }
    }),
    await check('built-in models', async () => {
      const folder = join(resources, 'models')
      await checkBuiltInModels(folder)
      return well('built-in models', `${BUILT_IN_MODELS.length} in ${folder}`)
    }),
    await check('places', async () => {
      const missing = await missingFiles(PLACE_IDS.map((id) => join(resources, 'places', `${id}.hdr`)))
      if (missing.length === 0) return well('places', `${PLACE_IDS.length} in ${join(resources, 'places')}`)
      return { subject: 'places', ok: false, says: `${missing.length} are missing`, hint: 'Run: npm run places' }
    }),
    await check('models', async () => {
      const states = await studio.models.list()
      const installed = states.filter(({ state }) => state === 'installed').map(({ model }) => model.name)
      const damaged = states.flatMap(({ error }) => error ?? [])
      const says = installed.length === 0 ? 'none installed; the built-in engine needs none' : installed.join(', ')
      const [first] = damaged
      return first ? { subject: 'models', ok: false, says: first.message, hint: first.hint } : well('models', says)
    }),
    await check('store', async () => {
      const counts = await studio.jobs.counts()
      const says = Object.entries(counts).map(([status, count]) => `${count} ${status}`)
      return well('store', `${studio.storeDescription}: ${says.join(', ')}`)
    }),
    ...(await Promise.all(
      studio.engines.map((engine) =>
        check(engine.label, async () => {
          const facts = await engine.describe()
          const runsOn = facts.runsOn === undefined ? '' : ` It runs on ${facts.runsOn}.`
          return well(engine.label, `${facts.label} ${facts.version}: ${facts.reason}${runsOn}`)
        })
      )
    )),
    ...(await examineJudges(studio))
  ]
}
