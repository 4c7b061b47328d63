import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { proofingOptionsSchema } from '../../../domain/delivery/proofing.ts'
import { type DeliveryStudio, filesBelow, openDeliveryStudio, recordingContext } from '../delivery-studio.fixture.ts'

/** Debian's; playwright's own download is not to be had everywhere. */
const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
const HAS_CHROMIUM = existsSync(CHROMIUM)
const HAS_PAGE = existsSync('resources/proofing/page.js')
/** Shots of the page are kept there when it is set: to be looked at. */
const SHOTS = process.env.PROOFING_SHOTS

let studio: DeliveryStudio
beforeAll(async () => {
  studio = await openDeliveryStudio()
  await studio.addJob('one', { name: 'Anna <b> Müller.jpg', attempts: 2 })
  await studio.addJob('two', { photo: 'sample2.jpg', name: 'Олена.jpg' })
  await studio.addJob('three', { photo: 'sample3.jpg', name: 'Ελένη.jpg' })
  if (SHOTS) await mkdir(SHOTS, { recursive: true })
})
afterAll(() => studio.close())

const write = (options: object, signal?: AbortSignal) =>
  studio.service.writeProofing(
    {
      items: ['one', 'two', 'three'].map((jobId) => ({ jobId, attempt: null })),
      options: proofingOptionsSchema.parse({ title: 'Spring', longEdge: 800, ...options }),
      folder: join(studio.root, 'proofs')
    },
    recordingContext(signal)
  )

describe.skipIf(!HAS_PAGE)('a proofing bundle', () => {
  it('is a folder with a page and its pictures, or one page', async () => {
    const folder = await write({ title: 'A folder', attempts: true })
    expect(folder.pictures).toBe(7)
    expect(await filesBelow(folder.folder)).toHaveLength(15)
    const page = await write({ title: 'One/page', packaging: 'single-file' })
    expect(page.page).toMatch(/One_page\.html$/)
    expect((await readFile(page.page, 'utf8')).match(/data:image\/jpeg/g)).toHaveLength(6)
    expect(await readdir(join(studio.root, 'proofs'))).toEqual(['A folder', 'One_page.html'])
  })

  it('leaves nothing when it is cancelled, or when a picture is missing', async () => {
    const folder = join(studio.root, 'nothing')
    await expect(write({ title: 'Never' }, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' })
    const options = proofingOptionsSchema.parse({ title: 'Never' })
    const items = [{ jobId: 'two', attempt: 7 }]
    await expect(studio.service.writeProofing({ items, options, folder }, recordingContext())).rejects.toMatchObject({
      code: 'job-state'
    })
    expect(existsSync(join(studio.root, 'proofs', 'Never'))).toBe(false)
    expect(existsSync(folder)).toBe(false)
  })
})

describe('readProofing', () => {
  const file = (content: string) => {
    const path = join(studio.root, 'picks.json')
    return writeFile(path, content).then(() => path)
  }
  const picks = (change: object = {}) => ({
    kind: 'apex-proofing-picks',
    version: 1,
    bundleId: 'b',
    title: 'Spring',
    client: 'Frau Müller',
    savedAt: '2031-05-04T10:00:00.000Z',
    picks: [],
    ...change
  })

  it('rates what was picked, keeps the stars of whoever gave none, and tells what is gone', async () => {
    const path = await file(
      `\uFEFF${JSON.stringify(
        picks({
          picks: [
            { jobId: 'one', attempt: null, flag: 'pick', stars: 4, comment: 'This one!' },
            { jobId: 'one', attempt: 2, flag: 'reject', stars: 0, comment: '' },
            { jobId: 'gone', attempt: null, flag: 'pick', stars: 0, comment: '' }
          ]
        })
      )}`
    )
    const job = studio.job('one')
    if (job) studio.replaceJob({ ...job, attemptRatings: { 2: { stars: 3, flag: 'none', label: 'red' } } })
    const applied = await studio.service.readProofing(path)
    expect(applied).toMatchObject({ done: ['one'], refused: [{ id: 'gone', error: { code: 'job-missing' } }] })
    expect(applied.picks.client).toBe('Frau Müller')
    expect(studio.job('one')?.rating).toMatchObject({ flag: 'pick', stars: 4 })
    expect(studio.job('one')?.attemptRatings[2]).toEqual({ flag: 'reject', stars: 3, label: 'red' })
  })

  it.each([
    ['no JSON', 'hello'],
    ['something else', '{"kind":"other"}'],
    ['a newer version', JSON.stringify(picks({ version: 2 }))],
    [
      'stars that are none',
      JSON.stringify(picks({ picks: [{ jobId: 'one', attempt: null, flag: 'pick', stars: 9, comment: '' }] }))
    ]
  ])('refuses %s', async (_, content) => {
    await expect(studio.service.readProofing(await file(content))).rejects.toMatchObject({ code: 'picks-unreadable' })
  })

  it('says that a file is missing', async () => {
    await expect(studio.service.readProofing(join(studio.root, 'none.json'))).rejects.toMatchObject({
      code: 'file-missing'
    })
  })
})

describe.skipIf(!HAS_CHROMIUM || !HAS_PAGE)('the page in Chromium', () => {
  let browser: Browser
  let folderPage = ''
  let singlePage = ''
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] })
    const message = 'Please choose your three favourites until Friday.'
    folderPage = (await write({ title: 'Spring & more', from: 'Studio Grey', message, attempts: true })).page
    singlePage = (await write({ title: 'Phone', packaging: 'single-file' })).page
  })
  afterAll(() => browser?.close())

  /** Opens a page as a client does, from disk, and fails on anything it complains of or asks the network for. */
  async function open(
    path: string,
    options: Parameters<Browser['newPage']>[0] = {}
  ): Promise<{ page: Page; troubles: string[] }> {
    const page = await browser.newPage(options)
    const troubles: string[] = []
    page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()))
    page.on('pageerror', (error) => troubles.push(String(error)))
    page.on('request', (request) => !/^(file|data|blob):/.test(request.url()) && troubles.push(request.url()))
    await page.goto(pathToFileURL(path).href)
    await page.getByRole('heading', { level: 1 }).waitFor()
    return { page, troubles }
  }

  const loaded = (page: Page) =>
    page.evaluate(() => [...document.images].every((image) => image.complete && image.naturalWidth > 0))

  async function save(page: Page): Promise<string> {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save picks' }).click()
    ])
    const path = join(studio.root, 'from-client.json')
    await download.saveAs(path)
    return path
  }

  it('is marked by mouse, remembers it, and its file rates the pictures', async () => {
    const { page, troubles } = await open(folderPage)
    await expect.poll(() => loaded(page)).toBe(true)
    if (SHOTS) await page.screenshot({ path: join(SHOTS, 'grid.png') })
    await page.getByRole('button', { name: 'Favourite: 1,' }).click()
    await page.getByRole('button', { name: 'Not this one: 4,' }).click()
    await page.getByRole('button', { name: 'Open picture 4,' }).click()
    await page.getByRole('button', { name: '5 stars' }).click()
    await page.getByLabel('Comment on 4,').fill('The light!')
    if (SHOTS) await page.screenshot({ path: join(SHOTS, 'large.png') })
    await page.getByRole('button', { name: 'Close' }).click()
    await page.reload()
    await page.getByLabel('Your name').fill('Олена')
    await page.getByRole('button', { name: 'Favourites' }).click()
    expect(await page.getByRole('listitem').count()).toBe(1)
    await page.getByRole('button', { name: 'All' }).click()
    if (SHOTS) await page.screenshot({ path: join(SHOTS, 'marked.png') })
    const applied = await studio.service.readProofing(await save(page))
    expect(applied.picks.client).toBe('Олена')
    expect(applied.picks.picks).toEqual([
      { jobId: 'one', attempt: null, flag: 'pick', stars: 0, comment: '' },
      { jobId: 'two', attempt: null, flag: 'reject', stars: 5, comment: 'The light!' }
    ])
    expect(studio.job('two')?.rating).toMatchObject({ flag: 'reject', stars: 5 })
    expect(troubles).toEqual([])
    await page.close()
  })

  it('can be used by keyboard alone', async () => {
    const { page, troubles } = await open(folderPage)
    await page.getByRole('button', { name: 'Open picture 1,' }).focus()
    for (const key of ['Enter', 'p', 'ArrowRight', 'x', 'ArrowRight', '3', 'c']) await page.keyboard.press(key)
    await page.keyboard.type('px 5')
    await page.keyboard.press('Escape')
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('picture-3')
    const { picks } = await studio.service.readProofing(await save(page))
    expect(picks.picks.map(({ attempt, flag, stars, comment }) => [attempt, flag, stars, comment])).toEqual([
      [null, 'pick', 0, ''],
      [1, 'reject', 0, ''],
      [2, 'none', 3, 'px 5']
    ])
    expect(troubles).toEqual([])
    await page.close()
  })

  it('works on a phone, as one file, by touch', async () => {
    const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 }
    const { page, troubles } = await open(singlePage, phone)
    await expect.poll(() => loaded(page)).toBe(true)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    const small = await page.evaluate(
      () =>
        [...document.querySelectorAll('button')].filter((button) => button.getBoundingClientRect().height < 44).length
    )
    expect(small).toBe(0)
    if (SHOTS) await page.screenshot({ path: join(SHOTS, 'phone.png') })
    await page.getByRole('button', { name: 'Open picture 1,' }).tap()
    const stage = page.locator('.stage')
    const box = await stage.boundingBox()
    const y = (box?.y ?? 0) + 100
    for (const [type, x] of [
      ['pointerdown', 300],
      ['pointerup', 60]
    ] as const) {
      await stage.dispatchEvent(type, { clientX: x, clientY: y, pointerType: 'touch' })
    }
    await page.getByRole('dialog', { name: 'Picture 2,' }).waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Favourite' }).tap()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    if (SHOTS) await page.screenshot({ path: join(SHOTS, 'phone-large.png') })
    await page.getByRole('button', { name: 'Close' }).tap()
    const { picks } = await studio.service.readProofing(await save(page))
    expect(picks.picks).toMatchObject([{ jobId: 'two', flag: 'pick' }])
    expect(troubles).toEqual([])
    await page.close()
  })

  it('cannot be made to run what a title says, nor to reach the network', async () => {
    const title = '</script><script>document.title = "run"</script><!--'
    const { page } = await open((await write({ title, message: '<img src=x onerror=alert(1)>' })).page)
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(title)
    const answers = await page.evaluate(async () => {
      const script = document.createElement('script')
      script.textContent = 'document.title = "run"'
      document.head.append(script)
      const fetched = await fetch('https://example.org').then(
        () => 'fetched',
        () => 'refused'
      )
      return [document.title, fetched]
    })
    expect(answers).toEqual([title, 'refused'])
    await page.close()
  })
})
