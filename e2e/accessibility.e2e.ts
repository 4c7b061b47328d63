import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import { writeStoryPhotos } from './story-photos.ts'
import { launchStudio, removeFolder, type StudioApp } from './studio-app.ts'
import { beginTour, CHAPTERS } from './tour/tour.ts'
import { JOB_MS, type Visitor } from './tour/visitor.ts'

/** Everybody can use every screen, dialog and state: contrast, names, roles, focus. */
test.describe.configure({ mode: 'serial' })
test.setTimeout(JOB_MS + 120_000)

let folder: string
let studio: StudioApp
let visitor: Visitor
test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'studio-tour-'))
  studio = await launchStudio()
  visitor = await beginTour(studio, await writeStoryPhotos(folder), expectAccessible)
})
test.afterAll(async () => {
  await studio.quit()
  await removeFolder(studio.folder)
  await removeFolder(folder)
})

async function expectAccessible(name: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page: studio.page }).setLegacyMode().analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  const told = serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)
  expect.soft(told, name).toEqual([])
}

for (const [name, chapter] of Object.entries(CHAPTERS)) {
  test(name, async () => {
    await chapter(visitor)
    expect(studio.complaints).toEqual([])
  })
}
