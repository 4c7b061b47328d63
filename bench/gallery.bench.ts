/**
 * How smoothly the window scrolls, in real Electron: a gallery of 10,000 attempts, its thumbnails served from the
 * cache, and a queue of 1,000 waiting jobs, each beside a grid of as many plain grey boxes in an otherwise empty window
 * of the same Electron, in turns, by the same steps. And how late the event loop of the studio's main process is
 * meanwhile, beside the same while nothing moves. Run it with `npm run bench -- gallery`.
 */
import { mkdtemp } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import findElectron from '../e2e/global-setup.ts'
import { photoOf } from '../e2e/portrait-story.ts'
import { launchStudio, removeFolder, type StudioApp } from '../e2e/studio-app.ts'
import { ATTEMPTS, fillStore, SAMPLES } from './window/filled-store.ts'
import { boxGridLike, type FrameRound, frameTimes, GREY_BOXES, showGreyBoxes, tellFrames } from './window/frames.ts'
import { type HeldUp, heldUp } from './window/main-loop.ts'
import { bringForward, launchPlainWindow, type Shown } from './window/plain-window.ts'
import { median } from './window/statistics.ts'

const ROUNDS = 7
const FRAMES = 150
/** CSS px a frame: some 3,600 a second, as fast as a wheel is spun. */
const STEP = 60
const QUEUED = 1_000
const WANTED = 1.5
/** One frame at 60 Hz. */
const FRAME_MS = 1000 / 60

interface Compared {
  readonly what: string
  /** Selectors of what scrolls and of one thing in it. */
  readonly scroller: string
  readonly cell: string
  readonly cells: number
}

async function compare(studio: StudioApp, plain: Shown, { what, scroller, cell, cells }: Compared): Promise<void> {
  await showGreyBoxes(plain.page, await boxGridLike(studio.page, scroller, cell, cells))
  const rounds: FrameRound[] = []
  const delays: { readonly scrolling: HeldUp; readonly idle: HeldUp }[] = []
  for (let round = 0; round <= ROUNDS; round += 1) {
    await bringForward(plain, studio)
    const boxes = await frameTimes(plain.page, { selector: GREY_BOXES, frames: FRAMES, step: STEP })
    await bringForward(studio, plain)
    const idle = await heldUp(studio.app, () => studio.page.waitForTimeout(FRAMES * FRAME_MS))
    const scrolled = await heldUp(studio.app, () =>
      frameTimes(studio.page, { selector: scroller, frames: FRAMES, step: STEP })
    )
    // The first round only warms up.
    if (round === 0) continue
    rounds.push({ studio: scrolled.result, plain: boxes })
    delays.push({ scrolling: scrolled.delay, idle: idle.delay })
  }
  tellFrames(what, rounds, WANTED)
  const of = (figure: (delay: (typeof delays)[number]) => number) => median(delays.map(figure)).toFixed(1)
  console.log(
    `main held up            p99 ${of(({ scrolling }) => scrolling.p99)} ms, most ${of(({ scrolling }) => scrolling.most)} ms; idle p99 ${of(({ idle }) => idle.p99)} ms, most ${of(({ idle }) => idle.most)} ms`
  )
}

async function queueJobs({ studio }: StudioApp): Promise<void> {
  const photos: string[] = []
  for (const sample of SAMPLES) photos.push(await photoOf(studio, sample, 0))
  const orders = Array.from({ length: QUEUED }, (_, index) => ({ photoIds: [photos[index % photos.length] ?? ''] }))
  const { refused } = await studio.call('jobs.submit', { orders })
  if (refused.length > 0) throw new Error('Jobs were refused.')
}

await findElectron()
const folder = await mkdtemp(join(tmpdir(), 'apex-bench-gallery-'))
try {
  await fillStore(join(folder, 'data'))
  const studio = await launchStudio({ folder })
  const plain = await launchPlainWindow(join(folder, 'plain'))
  await studio.studio.call('queue.pause', {})
  await studio.page.locator('.frame').waitFor()
  await studio.page.keyboard.press('g')
  await studio.page.locator('.job-cell img').first().waitFor()
  await compare(studio, plain, { what: 'gallery', scroller: '.job-grid', cell: '.job-cell', cells: ATTEMPTS })
  await queueJobs(studio)
  await studio.page.locator('.queue-meter button').first().click()
  await studio.page.locator('.queue-row img').first().waitFor()
  await compare(studio, plain, { what: 'queue', scroller: '.queue-scroll', cell: '.queue-item', cells: QUEUED })
  console.log(`load                    ${loadavg()[0]?.toFixed(1)}`)
  await studio.quit()
  await plain.app.close()
} finally {
  await removeFolder(folder)
}
