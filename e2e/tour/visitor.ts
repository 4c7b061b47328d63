import { expect, type Locator } from '@playwright/test'
import type { StoryPhotos } from '../story-photos.ts'
import type { StudioApp } from '../studio-app.ts'

/** Called at each screen and state that can be reached, once everything on it is there. */
export type Visit = (name: string) => Promise<void>

/** A job of the built-in engine on a busy machine, ms. */
export const JOB_MS = 200_000

/** Goes through the studio by keys and labels, and calls whoever wants to look. */
export class Visitor {
  readonly studio: StudioApp
  readonly photos: StoryPhotos
  readonly #visit: Visit

  constructor(studio: StudioApp, photos: StoryPhotos, visit: Visit) {
    this.studio = studio
    this.photos = photos
    this.#visit = visit
  }

  get page() {
    return this.studio.page
  }

  get call() {
    return this.studio.studio.call
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key)
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: true })
  }

  /** Closes what stands over the screens. */
  async closeLayer(): Promise<void> {
    await this.press('Escape')
    await expect(this.page.getByRole('dialog')).toHaveCount(0)
  }

  async closeMessages(): Promise<void> {
    const close = this.page.locator('.toast').getByRole('button').last()
    while ((await close.count()) > 0) await close.click()
  }

  /** Every picture in sight is there, and nothing stands in for one. */
  async settled(): Promise<void> {
    const open = () =>
      this.page.evaluate(async () => {
        const drawn = () => new Promise(requestAnimationFrame)
        // What is laid out in one frame may ask for its pictures in the next.
        await drawn()
        await drawn()
        await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)))
        await drawn()
        await drawn()
        return document.querySelectorAll('.skeleton:not(.running-skeleton)').length
      })
    await expect.poll(open, { timeout: 120_000, intervals: [200] }).toBe(0)
  }

  async see(name: string): Promise<void> {
    await this.closeMessages()
    await this.seeMessages(name)
  }

  /** As `see`, with the messages that are shown. */
  async seeMessages(name: string): Promise<void> {
    await this.settled()
    await this.#visit(name)
  }

  async ended(id: string): Promise<void> {
    const status = async () => (await this.call('jobs.get', { id })).status
    await expect.poll(status, { timeout: JOB_MS, intervals: [300] }).toMatch(/completed|failed/)
  }

  /** The grid with the job of this photo alone selected. */
  async choose(name: string): Promise<void> {
    await this.showGrid()
    await this.page.getByRole('option', { name }).first().click()
  }

  async open(name: string): Promise<void> {
    await this.choose(name)
    await this.page.getByRole('listbox').press('Enter')
    await expect(this.page.locator('.attempts')).toBeVisible()
  }

  async showGrid(): Promise<void> {
    await this.press('Control+2')
    await expect(this.page.locator('.attempts, .job-grid').first()).toBeVisible()
    if ((await this.page.locator('.attempts').count()) > 0) await this.press('g')
    await expect(this.page.getByRole('listbox')).toBeVisible()
  }
}
