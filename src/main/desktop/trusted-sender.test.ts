import { describe, expect, it } from 'vitest'
import { isTrusted, type SendingFrame } from './trusted-sender.ts'

const mainFrame: SendingFrame = { origin: 'app://studio', parent: null }
const window = { mainFrame }

describe('isTrusted', () => {
  it('trusts the main frame of the studio’s own window', () => {
    expect(isTrusted({ sender: window, senderFrame: mainFrame }, window, 'app://studio')).toBe(true)
  })

  it.each<[string, object, SendingFrame | null, typeof window | null]>([
    ['a frame that is gone', window, null, window],
    ['another window', { mainFrame }, mainFrame, window],
    ['a window that is closed', window, mainFrame, null],
    ['a frame within the page', window, { origin: 'app://studio', parent: mainFrame }, window],
    ['another frame of the same origin', window, { origin: 'app://studio', parent: null }, window]
  ])('refuses %s', (_name, sender, senderFrame, own) => {
    expect(isTrusted({ sender, senderFrame }, own, 'app://studio')).toBe(false)
  })

  it.each(['https://example.invalid', 'app://other', 'file://', 'null', ''])('refuses a page of %s', (origin) => {
    const frame = { origin, parent: null }
    const there = { mainFrame: frame }
    expect(isTrusted({ sender: there, senderFrame: frame }, there, 'app://studio')).toBe(false)
  })
})
