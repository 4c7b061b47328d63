import { existsSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CAN_MOUNT, inMountedFolder } from '../testing/mounted-folder.fixture.ts'
import { runCommand } from '../testing/run-command.fixture.ts'

const PHOTOS = join(dirname(createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')), 'demo')
/** Three people at a table. */
const THREE_PEOPLE = join(PHOTOS, 'sample3.jpg')
const MINUTES = 60_000

let root = ''
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'command-line-'))
})
afterEach(() => rm(root, { recursive: true, force: true }))

/** The whole studio: real engine process, real store, real photos. */
const run = (...args: string[]) => runCommand(root, args)

const outFolder = () => join(root, 'out')

describe('apex-studio portrait', () => {
  it(
    'delivers one person of a group, and refuses to guess which one was meant',
    async () => {
      const unclear = await run('portrait', THREE_PEOPLE, '--out', outFolder())
      expect(unclear.exitCode).toBe(2)
      expect(unclear.err).toContain('face-several')
      expect(unclear.err).toMatch(/1 at \d+ % of the width \(\d+ pixels wide\), 2 at \d+ %/)
      expect(existsSync(join(outFolder(), 'sample3', 'final.png'))).toBe(false)

      const order = ['--face', '2', '--purpose', 'resume', '--seed', '7', '--attempts', '1', '--json']
      const chosen = await run('portrait', THREE_PEOPLE, '--out', outFolder(), ...order)
      const [portrait] = JSON.parse(chosen.out).portraits
      expect(portrait.files.portrait).toMatch(/sample3-2.(final|best)\.png$/)
      const report = JSON.parse(await readFile(portrait.files.reportData, 'utf8'))
      expect(report.job.attempts[0].judgement.ledger.map((row: { id: string }) => row.id)).toContain('identity')
      expect(chosen.exitCode).toBe(report.job.status === 'completed' ? 0 : 1)

      const listed = await run('jobs', 'list', '--json')
      expect(JSON.parse(listed.out).jobs).toHaveLength(2)
    },
    3 * MINUTES
  )

  it(
    'puts a file of one’s own behind the person, and says when it cannot be used',
    async () => {
      const order = ['--face', '2', '--seed', '7', '--attempts', '1', '--json']
      const bad = join(root, 'bad.hdr')
      await writeFile(bad, '#?RADIANCE\n\nnothing')
      const refused = await run('portrait', THREE_PEOPLE, '--out', outFolder(), ...order, '--backdrop', bad)
      expect(refused.exitCode).toBe(2)
      expect(JSON.parse(refused.out).portraits[0].error).toMatchObject({
        code: 'image-damaged',
        message: expect.stringContaining('backdrop')
      })

      const backdrop = join(root, 'place.hdr')
      await copyFile(fileURLToPath(new URL('../../../resources/places/park.hdr', import.meta.url)), backdrop)
      const made = await run('portrait', THREE_PEOPLE, '--out', outFolder(), ...order, '--backdrop', backdrop)
      const [portrait] = JSON.parse(made.out).portraits
      const { job } = JSON.parse(await readFile(portrait.files.reportData, 'utf8'))
      expect(job).toMatchObject({ backdrop: { name: 'place.hdr' }, parameters: { background: 'own_backdrop' } })
      expect(job.artifacts).toContain(job.backdrop.artifact)
      const ledger: { id: string; outcome: string; unit: string }[] = job.attempts[0].judgement.ledger
      expect(ledger.find(({ id }) => id === 'background-match')).toMatchObject({
        outcome: 'passed',
        unit: 'ΔE00'
      })
      expect(await readFile(portrait.files.reportPage, 'utf8')).toMatch(/<img src="data:[^>]+alt="Backdrop place\.hdr"/)
    },
    3 * MINUTES
  )

  it(
    'tells of each bad file in a folder, and goes on to the next',
    async () => {
      const shoot = join(root, 'shoot')
      await mkdir(shoot)
      await writeFile(join(shoot, '1-empty.jpg'), '')
      await writeFile(join(shoot, '2-text.jpg'), 'not a photo')
      await copyFile(THREE_PEOPLE, join(shoot, '3-three.jpg'))
      const { exitCode, out } = await run('portrait', 'gone.jpg', shoot, '--out', outFolder(), '--json')
      const found = JSON.parse(out).portraits.map((each: { photo: string; error: { code: string; hint: string } }) => [
        each.photo,
        each.error.code
      ])
      expect(found).toEqual(
        expect.arrayContaining([
          ['gone.jpg', 'file-missing'],
          ['1-empty.jpg', 'file-empty'],
          ['2-text.jpg', 'file-unsupported'],
          ['3-three.jpg', 'face-several']
        ])
      )
      expect(exitCode).toBe(2)
    },
    2 * MINUTES
  )

  it.each([
    [['portrait'], 2],
    [['portrait', 'x.jpg', '--purpose', 'wedding'], 2],
    [['portrait', 'x.jpg', '--sead', '1'], 2],
    [['portrait', 'no-such-photo.jpg'], 2],
    [['portrait', THREE_PEOPLE, '--backdrop', 'no-such-file.hdr'], 2],
    [['portrait', THREE_PEOPLE, '--backdrop', THREE_PEOPLE, '--background', 'city'], 2],
    [['portrait', THREE_PEOPLE, '--background', '#12'], 2],
    [['jobs', 'list', '--limit', 'many'], 2],
    [['jobs', 'show', 'no-such-job'], 2],
    [['--help'], 0]
  ])('%j ends with %i before any work', async (args, exitCode) => {
    expect((await run(...args)).exitCode).toBe(exitCode)
  })

  it.skipIf(!CAN_MOUNT)('says so before any work when nothing can be written to the output folder', async () => {
    await inMountedFolder('ro', async (folder) => {
      const { exitCode, err } = await run('portrait', THREE_PEOPLE, '--out', folder)
      expect(exitCode).toBe(2)
      expect(err).toContain('output-unwritable')
    })
  })

  it.skipIf(!CAN_MOUNT)(
    'goes on to the next photo when there is no room for what was made of one',
    async () => {
      await inMountedFolder('size=64k', async (folder) => {
        const photos = [join(root, 'a.jpg'), join(root, 'b.jpg')]
        for (const photo of photos) await copyFile(join(PHOTOS, 'sample5.jpg'), photo)
        const { exitCode, out } = await run('portrait', ...photos, '--attempts', '1', '--out', folder, '--json')
        expect(JSON.parse(out).portraits).toMatchObject([
          { files: null, error: { code: 'disk-full', hint: expect.stringContaining('jobs show') } },
          { files: null, error: { code: 'disk-full' } }
        ])
        expect(await readdir(folder)).toEqual([])
        expect(exitCode).toBe(1)
      })
    },
    2 * MINUTES
  )

  it.skipIf(!CAN_MOUNT)(
    'keeps its jobs when the disk is full, and says so',
    async () => {
      await inMountedFolder('size=300k', async (folder) => {
        const { exitCode, err } = await run(
          '--data',
          join(folder, 'data'),
          'portrait',
          THREE_PEOPLE,
          '--out',
          outFolder()
        )
        expect(exitCode).toBe(1)
        expect(err).toContain('disk-full')
      })
    },
    MINUTES
  )
})

describe('apex-studio doctor', () => {
  it('says so when the store is damaged, and what else there is', async () => {
    await mkdir(join(root, 'data'))
    await writeFile(join(root, 'data', 'studio.db'), 'this is no database at all')
    const { exitCode, out } = await run('doctor', '--json')
    const findings: { subject: string; ok: boolean; says: string; hint: string }[] = JSON.parse(out).findings
    expect(findings.map(({ subject, ok }) => [subject, ok])).toContainEqual(['machine', true])
    const store = findings.find(({ subject }) => subject === 'store')
    expect(store).toMatchObject({ ok: false, says: expect.stringContaining('[store-damaged]') })
    expect(store?.hint).toContain('backup')
    expect(exitCode).toBe(1)
  })

  it('finds nothing wrong with a whole studio', async () => {
    const { exitCode, out } = await run('doctor', '--json')
    const wrong = JSON.parse(out).findings.filter((finding: { ok: boolean }) => !finding.ok)
    expect(wrong).toEqual([])
    expect(exitCode).toBe(0)
  })
})
