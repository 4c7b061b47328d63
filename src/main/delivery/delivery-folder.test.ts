import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Job, Picture } from '../../domain/job.ts'
import { attempt, PICTURE, row, sampleJob } from '../../domain/rules/sample-job.fixture.ts'
import { FileArtifactStore } from '../store/artifacts/file-artifact-store.ts'
import { CAN_MOUNT, inMountedFolder } from '../testing/mounted-folder.fixture.ts'
import { writeDelivery } from './delivery-folder.ts'
import { prepareOutput } from './output-folder.ts'

let root = ''
let artifacts: FileArtifactStore
const bytes = randomBytes(100_000)

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'delivery-'))
  artifacts = await FileArtifactStore.open(join(root, 'artifacts'))
})
afterEach(() => rm(root, { recursive: true }))

async function deliveredJob(name = 'Anna.jpg'): Promise<Job> {
  const { id } = await artifacts.put(bytes)
  const picture: Picture = { ...PICTURE, artifact: id }
  const tried = { ...attempt(1, [row('sharpness', 1, { min: 0 })]), picture }
  const job = sampleJob({ status: 'completed', attempts: [tried] })
  const [reference] = job.references
  if (!reference || !tried.judgement) throw new Error('the sample job has a reference and a judgement')
  return {
    ...job,
    references: [{ ...reference, name }],
    final: { attempt: 1, picture, judgement: tried.judgement }
  }
}

const deliver = (job: Job, parent: string) => writeDelivery({ job, artifacts, parent, pictureOf: () => undefined })

describe('writeDelivery', () => {
  it('writes the final, every attempt, the report as a page and as data', async () => {
    const files = await deliver(await deliveredJob(), join(root, 'out'))
    expect(basename(files.folder)).toBe('Anna')
    expect((await readdir(files.folder)).sort()).toEqual(['attempt-1.png', 'final.png', 'report.html', 'report.json'])
    expect(await readFile(files.portrait ?? '')).toEqual(bytes)
    const data = JSON.parse(await readFile(files.reportData, 'utf8'))
    expect(data).toMatchObject({
      job: { status: 'completed' },
      files: { final: 'final.png', attempts: ['attempt-1.png'] }
    })
  })

  it('never writes over what is there', async () => {
    const job = await deliveredJob()
    const out = join(root, 'out')
    const folders = [await deliver(job, out), await deliver(job, out), await deliver(job, out)]
    expect(folders.map((files) => basename(files.folder))).toEqual(['Anna', 'Anna-2', 'Anna-3'])
  })

  it('leaves nothing behind when a picture has gone', async () => {
    const job = await deliveredJob()
    await artifacts.delete(job.final?.picture.artifact ?? '')
    await expect(deliver(job, join(root, 'out'))).rejects.toMatchObject({ code: 'artifact-missing' })
    expect(await readdir(join(root, 'out'))).toEqual([])
  })

  it.skipIf(!CAN_MOUNT)('leaves nothing behind on a full disk', async () => {
    const job = await deliveredJob()
    await inMountedFolder('size=64k', async (folder) => {
      await expect(deliver(job, folder)).rejects.toMatchObject({ code: 'disk-full' })
      expect(await readdir(folder)).toEqual([])
    })
  })

  it('says in words what is in the way', async () => {
    const file = join(root, 'a-file')
    await writeFile(file, '')
    for (const folder of [file, join(file, 'below')]) {
      const refused = await prepareOutput(folder).catch((thrown: unknown) => thrown)
      expect(refused).toMatchObject({ code: 'output-unwritable', hint: expect.stringContaining('another') })
      expect(refused).toMatchObject({ message: expect.stringMatching(/^Nothing can be written to .*: .*file.*\.$/) })
      expect(refused).toMatchObject({ message: expect.not.stringMatching(/EEXIST|ENOTDIR|mkdir/) })
    }
  })

  it.skipIf(!CAN_MOUNT)('says so when the folder is read-only', async () => {
    await inMountedFolder('ro', async (folder) => {
      await expect(prepareOutput(folder)).rejects.toMatchObject({ code: 'output-unwritable' })
    })
  })
})
