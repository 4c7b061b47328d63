/** What is asked of the frame that sent a message; `WebFrameMain` has it all. */
export interface SendingFrame {
  readonly origin: string
  readonly parent: object | null
}

/**
 * True only for the main frame of the studio's own window, showing the studio's own page. A frame that has navigated or
 * gone since it sent its message is null.
 */
export function isTrusted<C extends { readonly mainFrame: object }>(
  event: { readonly sender: object; readonly senderFrame: SendingFrame | null },
  window: C | null,
  origin: string
): boolean {
  const { sender, senderFrame } = event
  if (senderFrame === null || window === null || sender !== window) return false
  return senderFrame === window.mainFrame && senderFrame.parent === null && senderFrame.origin === origin
}
