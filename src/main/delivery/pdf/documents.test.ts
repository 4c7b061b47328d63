import { execFileSync } from 'node:child_process'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contactSheetOptionsSchema } from '../../../domain/delivery/contact-sheet.ts'
import type { Job } from '../../../domain/job.ts'
import { attempt, row, sampleJob, WHEN } from '../../../domain/rules/sample-job.fixture.ts'
import { CAN_MOUNT, inMountedFolder } from '../../testing/mounted-folder.fixture.ts'
import { type DeliveryStudio, filesBelow, openDeliveryStudio, recordingContext } from '../delivery-studio.fixture.ts'

/** Poppler reads PDF and shares no code with what writes it; Debian: poppler-utils. */
const HAS_POPPLER = (() => {
  try {
    execFileSync('pdftotext', ['-v'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()

const textOf = (path: string) => execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' })
/** Lines break where columns end, so that only the order of words counts. */
const words = (text: string) => text.replace(/\s+/g, ' ')

let studio: DeliveryStudio
let job: Job
beforeAll(async () => {
  studio = await openDeliveryStudio()
  await studio.addJob('greek', { name: 'Ελένη Παπαδοπούλου.jpg', photo: 'sample2.jpg' })
  await studio.addJob('cyrillic', { name: 'Їжак Ґалаґан.jpg', photo: 'sample3.jpg', attempts: 2 })
  const made = await studio.addJob('failed', { attempts: 3 })
  const failing = { note: 'The face is softer than the photo.', question: 'Is the face sharp?' }
  const attempts = made.attempts.map((each, at) => ({
    ...each,
    ...attempt(at + 1, [
      row('sharpness', 0.1 * at, { min: 1 }, failing),
      row('eye-line', 40, { min: 30, max: 50 }, { question: 'Are the eyes at the right height?' })
    ]),
    picture: each.picture,
    brief: {
      prompt: `A portrait, try ${at + 1}.`,
      note: `The prompt of try ${at + 1} was mended.`,
      settings: {},
      repairs:
        at === 0
          ? []
          : [
              {
                criterion: 'sharpness' as const,
                setting: 'detail.sharpen',
                from: null,
                to: at,
                reason: 'Sharpened more.'
              }
            ]
    },
    ...(at > 0 && {
      comparison: { against: at, better: at + 1, decidedBy: 'judge' as const, probability: 0.8 + 0.05 * at }
    }),
    timings: { generate: 1500 * (at + 1), judge: 250 }
  }))
  job = sampleJob({
    ...made,
    status: 'failed',
    attempts,
    final: null,
    best: made.final && attempts[1]?.judgement ? { ...made.final, attempt: 2, judgement: attempts[1].judgement } : null,
    report: {
      summary: 'No attempt passed: the face is not sharp.',
      attempts: attempts.map(({ number }) => ({ attempt: number, analysis: `It was soft, ${number}.` })),
      rootCauses: [{ criteria: ['sharpness'], cause: 'The photo itself is out of focus.' }],
      recommendations: [{ advice: 'Take another photo, in more light.' }],
      note: 'The figure 73 is not in the ledger.',
      writtenBy: { engine: 'rules', version: '1' },
      writtenAt: WHEN
    }
  })
  studio.replaceJob(job)
})
afterAll(() => studio.close())

const items = (...ids: string[]) => ids.map((jobId) => ({ jobId, attempt: null }))
const sheet = (path: string, ids: string[], options: object = {}, signal?: AbortSignal) =>
  studio.service.contactSheet(
    { items: items(...ids), options: contactSheetOptionsSchema.parse(options), path },
    recordingContext(signal)
  )

describe('contact sheet', () => {
  it.skipIf(!HAS_POPPLER)('shows every picture with its caption in Latin, Greek and Cyrillic', async () => {
    const path = join(studio.root, 'sheet.pdf')
    const { pages, bytes } = await sheet(path, ['greek', 'cyrillic', 'failed'], {
      title: 'Müller & Søn',
      attempts: true,
      columns: 2,
      rows: 2
    })
    expect(pages).toBe(3)
    expect((await readFile(path)).length).toBe(bytes)
    const text = textOf(path)
    for (const said of ['Müller & Søn', 'Ελένη Παπαδοπούλου', 'Їжак Ґалаґан', 'attempt 3', '9 pictures'])
      expect(text).toContain(said)
    expect(text).toMatch(/3 ?\/ ?3/)
    const fonts = execFileSync('pdffonts', [path], { encoding: 'utf8' })
    expect(fonts).toMatch(/Inter-Regular.*\byes yes yes\b/)
    const pictures = execFileSync('pdfimages', ['-list', path], { encoding: 'utf8' })
    const objects = pictures
      .split('\n')
      .filter((line) => line.includes(' jpeg '))
      .map((line) => line.trim().split(/\s+/)[10])
    expect(objects).toHaveLength(9)
    // The same picture is in the file once.
    expect(new Set(objects).size).toBe(3)
  })

  it.skipIf(!HAS_POPPLER)('is tagged, so that it can be read aloud', async () => {
    const path = join(studio.root, 'tagged.pdf')
    await sheet(path, ['greek'])
    expect(execFileSync('pdfinfo', [path], { encoding: 'utf8' })).toMatch(/Tagged:\s+yes/)
    expect(execFileSync('pdfinfo', ['-struct-text', path], { encoding: 'utf8' })).toMatch(
      /H1[\s\S]*Figure[\s\S]*Caption/
    )
  })

  it.each(['a4', 'letter'] as const)('fits %s either way', async (paper) => {
    for (const orientation of ['portrait', 'landscape']) {
      const { pages } = await sheet(join(studio.root, `${paper}.pdf`), ['greek'], {
        paper,
        orientation,
        columns: 1,
        rows: 1
      })
      expect(pages).toBe(1)
    }
  })

  it('shows what it can where a picture is damaged', async () => {
    const broken = await studio.artifacts.put(Buffer.from('no picture'))
    const damaged = await studio.addJob('damaged')
    if (damaged.final) {
      studio.replaceJob({
        ...damaged,
        final: { ...damaged.final, picture: { ...damaged.final.picture, artifact: broken.id } }
      })
    }
    await expect(sheet(join(studio.root, 'damaged.pdf'), ['damaged', 'greek'])).resolves.toMatchObject({ pages: 1 })
  })

  it('leaves what was there when it is cancelled or a job is not there', async () => {
    const path = join(studio.root, 'kept', 'sheet.pdf')
    await sheet(path, ['greek'])
    await writeFile(path, 'before')
    await expect(sheet(path, ['greek'], {}, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' })
    await expect(sheet(path, ['gone'])).rejects.toMatchObject({ code: 'job-missing' })
    expect(await readFile(path, 'utf8')).toBe('before')
    expect(await readdir(join(studio.root, 'kept'))).toEqual(['sheet.pdf'])
  })

  it.skipIf(!CAN_MOUNT)('leaves nothing on a full disk', async () => {
    await inMountedFolder('size=20k', async (drive) => {
      await expect(sheet(join(drive, 'sheet.pdf'), ['greek'])).rejects.toMatchObject({ code: 'disk-full' })
      expect(await filesBelow(drive)).toEqual([])
    })
  })
})

describe('report', () => {
  it.skipIf(!HAS_POPPLER)('says on paper whatever the page says', async () => {
    const path = join(studio.root, 'report.pdf')
    await studio.service.reportPdf({ jobId: job._id, path }, recordingContext())
    const text = words(execFileSync('pdftotext', [path, '-'], { encoding: 'utf8' }))
    const written = await studio.service.reportPage(
      { jobId: job._id, path: join(studio.root, 'report.html') },
      recordingContext()
    )
    const page = await readFile(written.path, 'utf8')
    const body = page.slice(page.indexOf('<body>')).replace(/<svg[\s\S]*?<\/svg>/g, '')
    const said = [...body.matchAll(/>([^<>]+)</g)]
      .map(([, each = '']) => decode(each).trim())
      .filter((each) => /[\p{L}\d]/u.test(each))
    // Headings of the page's own tables and folds have other words on paper.
    const OWN = new Set(['Value', 'Brief', 'Measured at this size', '·'])
    const missing = said.filter(
      (each) =>
        !OWN.has(each) &&
        !words(each)
          .split(/ (?:·|\() /)
          .every((part) => text.includes(plain(part)))
    )
    expect(missing).toEqual([])
    for (const told of [
      'The prompt of try 2 was mended.',
      'Better than attempt 2, as the judge saw in both orders (90%).',
      'from the ledger alone. The figure 73 is not in the ledger.'
    ]) {
      expect(text).toContain(plain(told))
      expect(words(decode(body))).toContain(told)
    }
    expect(said.length).toBeGreaterThan(40)
  })

  it('is written for a job that has made nothing', async () => {
    studio.replaceJob(
      sampleJob({
        _id: 'empty',
        error: { code: 'face-none', message: 'There is no face.', hint: 'Use another photo.' }
      })
    )
    const written = await studio.service.reportPdf(
      { jobId: 'empty', path: join(studio.root, 'empty.pdf') },
      recordingContext()
    )
    expect(written.pages).toBe(1)
  })
})

const decode = (html: string) =>
  html
    .replace(/&amp;/g, '&')
    .replace(/&quot;/g, '"')
    .replace(/&#x27;/g, "'")
const plain = (text: string) =>
  words(text)
    .replace(/^[·(✓✗?–]\s*|\)$/g, '')
    .trim()
