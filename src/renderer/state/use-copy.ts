import { use } from 'react'
import { toStudioError } from '../../domain/errors.ts'
import { MirrorContext } from './mirror-context.ts'

/** Puts text on the clipboard, by the studio where it has one: the page itself may not reach it there. */
export function useCopy(): (text: string) => Promise<void> {
  const mirror = use(MirrorContext)
  return async (text) => {
    try {
      if (!mirror) throw new Error('The studio is away.')
      await mirror.client.call('desktop.copyText', { text })
    } catch (thrown) {
      // A browser, or a screen that has broken outside of the studio.
      if (mirror && toStudioError(thrown).code !== 'desktop-only') throw thrown
      await navigator.clipboard.writeText(text)
    }
  }
}
