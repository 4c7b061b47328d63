import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ElectronApplication, expect, type Page, test } from '@playwright/test'
import type { StudioClient } from '../src/contract/studio/client.ts'
import { type StoryPhotos, writeStoryPhotos } from './story-photos.ts'
import { launchStudio, removeFolder, type StudioApp } from './studio-app.ts'

/** A job of the built-in engine on a busy machine, ms. */
export const JOB_MS = 200_000

/** What the tests of a story share: of the studio that runs now. */
export interface Story {
  readonly folder: string
  readonly photos: StoryPhotos
  readonly app: ElectronApplication
  readonly page: Page
  readonly studio: StudioClient
  /** Quits the studio and starts it again on the same data. */
  startAgain(): Promise<void>
}

/** One studio for all tests of a file, each of which goes on where the one before ended. */
export function tellStory(): Story {
  test.describe.configure({ mode: 'serial' })
  test.setTimeout(JOB_MS + 60_000)
  let begun: { readonly folder: string; readonly photos: StoryPhotos; studio: StudioApp } | null = null
  const told = () => {
    if (!begun) throw new Error('The story has not begun.')
    return begun
  }
  test.beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'studio-story-'))
    begun = { folder, photos: await writeStoryPhotos(folder), studio: await launchStudio() }
    await begun.studio.page.locator('.frame').waitFor()
  })
  test.afterEach(() => expect(told().studio.complaints).toEqual([]))
  test.afterAll(async () => {
    const { studio, folder } = told()
    await studio.quit()
    await removeFolder(studio.folder)
    await removeFolder(folder)
  })
  return {
    get folder() {
      return told().folder
    },
    get photos() {
      return told().photos
    },
    get app() {
      return told().studio.app
    },
    get page() {
      return told().studio.page
    },
    get studio() {
      return told().studio.studio
    },
    async startAgain() {
      const { studio } = told()
      await studio.quit()
      told().studio = await launchStudio({ folder: studio.folder })
    }
  }
}
