import { expect, test } from '@playwright/test'
import { launchStudio, removeFolder } from './studio-app.ts'

test('what models are told is changed, refused with a reason, kept while other pages are read, saved and taken back', async () => {
  const { page, studio, quit, complaints, folder } = await launchStudio()
  try {
    await page.locator('.frame').waitFor()
    await studio.call('settings.set', { change: { language: 'en' } })
    await page.keyboard.press('Control+,')
    await page.getByRole('tab', { name: 'Prompts' }).click()
    const words = page.getByRole('textbox', { name: 'Words' })
    const press = (name: string) => page.getByRole('button', { name, exact: true }).press('Enter')
    const kept = async () =>
      (await studio.call('prompts.list', {})).prompts.find(({ name }) => name === 'brief-retouch')
    const built = await words.inputValue()
    expect(built).toContain('{{order}}')

    await words.fill(built.replace('{{order}}', '{{ordre}}'))
    await expect(page.getByText('lacks {{order}} in its task')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeDisabled()

    const own = built.replace('# Task\n', '# Task\nKeep it short.\n')
    await words.fill(own)
    await page.getByRole('tab', { name: 'Judge' }).click()
    await expect(page.getByText('the built-in rules only measure')).toBeVisible()
    await page.getByRole('tab', { name: 'Prompts' }).click()
    await expect(words).toHaveValue(own)
    await press('Save')
    await expect(page.getByText('These are your words.')).toBeVisible()
    expect(await kept()).toMatchObject({ isOwn: true, text: own })

    await press('Reset to the studio’s')
    await expect(words).toHaveValue(built)
    expect(await kept()).toMatchObject({ isOwn: false })
    await press('Undo')
    await expect(words).toHaveValue(own)
    expect(await kept()).toMatchObject({ isOwn: true, text: own })
    expect(complaints).toEqual([])
  } finally {
    await quit()
    await removeFolder(folder)
  }
})
