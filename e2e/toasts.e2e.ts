import { expect, test } from '@playwright/test'
import { launchStudio, removeFolder, type StudioApp } from './studio-app.ts'

/** What is told in passing can be reached by the keyboard, whatever stands over the window. */
let studio: StudioApp
test.beforeAll(async () => {
  studio = await launchStudio()
  await studio.page.locator('.frame').waitFor()
})
test.afterEach(() => expect(studio.complaints).toEqual([]))
test.afterAll(async () => {
  await studio.quit()
  await removeFolder(studio.folder)
})

const photos = async () => (await studio.studio.call('photos.list', {})).photos.length

for (const [name, keys] of [
  ['Settings', 'Control+,'],
  ['Queue', 'Control+5']
] as const) {
  test(`what was removed is taken back from the keyboard while "${name}" stands open`, async () => {
    const { page } = studio
    await studio.studio.call('photos.importSample', {})
    const photo = page.getByRole('button', { name: /^eileen-collins.jpg/ })
    await photo.click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Move photo to bin' }).press('Enter')
    const undo = page.getByRole('button', { name: 'Undo' })
    await expect(undo).toBeVisible()
    // Toasts wait while the window is not looked at: a slow machine has all the time it needs.
    await page.evaluate(() => window.dispatchEvent(new Event('blur')))
    await expect.poll(photos).toBe(0)

    await page.keyboard.press(keys)
    const dialog = page.getByRole('dialog', { name })
    await expect(dialog.getByRole('button', { name: 'Undo' })).toBeVisible()
    // Escape is the dialog's, and what is told stays.
    await page.keyboard.press('Escape')
    await expect(dialog).toHaveCount(0)
    await expect(undo).toBeVisible()
    await page.keyboard.press(keys)
    await expect(dialog.getByRole('button', { name: 'Undo' })).toBeVisible()
    await page.keyboard.press('F8')
    await expect(dialog.locator('.toasts')).toBeFocused()
    // The message itself comes first, then what can be done about it.
    await page.keyboard.press('Tab')
    await expect(dialog.locator('.toast')).toBeFocused()
    await page.keyboard.press('Tab')
    await expect(undo).toBeFocused()
    await page.keyboard.press('Enter')
    await expect.poll(photos).toBe(1)
    await expect(undo).toHaveCount(0)
    await expect(dialog).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(dialog).toHaveCount(0)
  })
}
