/** F6 goes from one region of the window to the next and Shift F6 back, as in every desktop program. */
export function moveFocusBetweenRegions(event: KeyboardEvent): void {
  if (event.key !== 'F6' || event.defaultPrevented) return
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')]
  const current = regions.findIndex((region) => region.contains(document.activeElement))
  const next = regions[(current + (event.shiftKey ? -1 : 1) + regions.length) % regions.length]
  if (!next) return
  event.preventDefault()
  next.focus()
}
