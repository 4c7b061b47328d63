/**
 * The memory of the window's process while one picture after the other is shown: 1,000 switches in the gallery, over
 * jobs whose pictures are all different, in real Electron. JavaScript heap after a collection, and what the process has
 * to itself; a line is fitted to what comes after the first 500 switches, in which Chromium fills its caches of decoded
 * pictures. Run it with `npm run bench -- memory`.
 */
import { mkdtemp, readFile } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CDPSession } from '@playwright/test'
import findElectron from '../e2e/global-setup.ts'
import { launchStudio, removeFolder, type StudioApp } from '../e2e/studio-app.ts'
import { fillStore, WITH_PICTURES } from './window/filled-store.ts'
import { slopeOf } from './window/statistics.ts'

const SWITCHES = 1_000
const WARM_UP = 500
const SAMPLE_EVERY = 20
const KIB = 1024

interface Sample {
  readonly heap: number
  readonly own: number
}

/** Bytes that the page's process shares with no other, where the system tells; else all that it has in memory. */
async function ownBytes({ app }: StudioApp): Promise<number> {
  const { pid, resident } = await app.evaluate(({ app, BrowserWindow }) => {
    const pid = BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0
    const metric = app.getAppMetrics().find((each) => each.pid === pid)
    return { pid, resident: (metric?.memory.privateBytes ?? metric?.memory.workingSetSize ?? 0) * 1024 }
  })
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => null)
  if (text === null) return resident
  const kib = [...text.matchAll(/^Private_\w+:\s+(\d+) kB$/gm)].reduce((sum, [, value]) => sum + Number(value), 0)
  return kib * KIB
}

async function sample(studio: StudioApp, cdp: CDPSession): Promise<Sample> {
  await cdp.send('HeapProfiler.collectGarbage')
  const { metrics } = await cdp.send('Performance.getMetrics')
  const heap = metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN
  return { heap, own: await ownBytes(studio) }
}

/** Goes to the neighbour by its key and waits until every picture of it is drawn. */
async function switchTo(studio: StudioApp, key: 'ArrowRight' | 'ArrowLeft'): Promise<void> {
  const shown = await studio.page.locator('.attempts img').first().getAttribute('src')
  await studio.page.keyboard.press(key)
  await studio.page.waitForFunction((before) => {
    const images = [...document.querySelectorAll<HTMLImageElement>('.attempts img')]
    return (
      images.length > 1 && images[0]?.getAttribute('src') !== before && images.every((each) => each.naturalWidth > 0)
    )
  }, shown)
}

await findElectron()
const folder = await mkdtemp(join(tmpdir(), 'apex-bench-memory-'))
try {
  await fillStore(join(folder, 'data'), WITH_PICTURES)
  const studio = await launchStudio({ folder })
  const cdp = await studio.page.context().newCDPSession(studio.page)
  await cdp.send('Performance.enable')
  await studio.page.locator('.frame').waitFor()
  await studio.page.keyboard.press('g')
  await studio.page.locator('.job-cell').first().dblclick()
  await studio.page.locator('.attempts img').first().waitFor()
  const samples: Sample[] = []
  for (let done = 1; done <= SWITCHES; done += 1) {
    const round = Math.floor((done - 1) / (WITH_PICTURES - 1))
    await switchTo(studio, round % 2 === 0 ? 'ArrowRight' : 'ArrowLeft')
    if (done >= WARM_UP && done % SAMPLE_EVERY === 0) samples.push(await sample(studio, cdp))
  }
  for (const [what, figure] of [
    ['JavaScript heap', ({ heap }: Sample) => heap],
    ['process', ({ own }: Sample) => own]
  ] as const) {
    const values = samples.map((each) => figure(each) / KIB)
    const slope = slopeOf(values, SAMPLE_EVERY)
    const share = (100 * slope * (SWITCHES - WARM_UP)) / (values[0] ?? Number.NaN)
    console.log(
      `${what.padEnd(24)}${((values[0] ?? 0) / KIB).toFixed(1)} MiB after ${WARM_UP}, ${((values.at(-1) ?? 0) / KIB).toFixed(1)} MiB after ${SWITCHES} switches; ${slope.toFixed(1)} KiB a switch, ${share.toFixed(1)} % over ${SWITCHES - WARM_UP}`
    )
  }
  console.log(`load                    ${loadavg()[0]?.toFixed(1)}`)
  await studio.quit()
} finally {
  await removeFolder(folder)
}
