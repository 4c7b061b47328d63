import { expect, test } from '@playwright/test'
import { EventSource } from 'eventsource'
import { createStudioClient } from '../src/contract/studio/client.ts'
import { createHttpTransport } from '../src/contract/studio/http-transport.ts'
import { launchStudio, removeFolder } from './studio-app.ts'

/** Any port that nothing else here listens at. */
const PORT = 28_417

test('the window serves browsers once it is told to, and stops when it is told to', async () => {
  const { studio, folder, quit, page, complaints } = await launchStudio()
  const base = `http://127.0.0.1:${PORT}/`
  const overHttp = createStudioClient(createHttpTransport({ base, fetch, EventSource }))
  await expect(studio.call('server.makeLink', {})).rejects.toMatchObject({ code: 'server-off' })
  const settings = { on: true, reach: 'loopback', port: PORT } as const
  const state = await studio.call('desktop.setServer', { settings })
  expect(state).toMatchObject({ addresses: [base.slice(0, -1)], error: null, settings })
  expect(await (await fetch(base)).text()).toContain('<div id="root">')
  expect(await overHttp.call('studio.describe', {})).toMatchObject({ desktop: false })
  expect(await studio.call('studio.describe', {})).toMatchObject({ desktop: true })
  await expect(overHttp.call('desktop.setServer', { settings })).rejects.toMatchObject({ code: 'desktop-only' })
  await expect(overHttp.call('delivery.startDrag', { items: [{ jobId: 'a' }] })).rejects.toMatchObject({
    code: 'desktop-only'
  })
  await page.keyboard.press('Control+,')
  await page.getByRole('tab', { name: 'Browser' }).click()
  await expect(page.getByText(base.slice(0, -1))).toBeVisible()
  await page.getByLabel('Show the studio in browsers').click()
  await expect.poll(async () => (await studio.call('server.describe', {})).addresses).toEqual([])
  await expect(fetch(base)).rejects.toThrow()
  expect(complaints).toEqual([])
  await quit()
  await removeFolder(folder)
})
