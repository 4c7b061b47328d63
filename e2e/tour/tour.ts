import type { StoryPhotos } from '../story-photos.ts'
import type { StudioApp } from '../studio-app.ts'
import { seeCompare } from './compare-screens.ts'
import { seeDeliver } from './deliver-screens.ts'
import { seeEmpty } from './empty-screens.ts'
import { seeGallery } from './gallery-screens.ts'
import { seeLanguagesAndSizes } from './languages-and-sizes.ts'
import { seePrepare } from './prepare-screens.ts'
import { seeRunning } from './running-screens.ts'
import { seeSettings } from './settings-screens.ts'
import { type Visit, Visitor } from './visitor.ts'

/** Every screen, dialog and state of the studio, from the first start on; each is told once it stands. */
export const CHAPTERS = {
  'an empty studio': seeEmpty,
  'photos come in': seePrepare,
  'jobs run': seeRunning,
  'what became of them': seeGallery,
  'side by side': seeCompare,
  'files for the client': seeDeliver,
  'settings and help': seeSettings,
  'in German, small and large': seeLanguagesAndSizes
} as const satisfies Readonly<Record<string, (visitor: Visitor) => Promise<void>>>

export async function beginTour(studio: StudioApp, photos: StoryPhotos, visit: Visit): Promise<Visitor> {
  await studio.page.locator('.frame').waitFor()
  const visitor = new Visitor(studio, photos, visit)
  await visitor.call('settings.set', { change: { language: 'en' } })
  return visitor
}
