/** Behind the # a token is sent to nobody, and stands in no log and no Referer. */
const TOKEN = /^#enter=([\w-]{20,100})$/

/**
 * Lets this browser in where the page was opened by a one-time link, and takes the token out of the address. One that is
 * no longer good changes nothing: a browser that was let in before still is.
 */
export async function enterByLink(base: string): Promise<void> {
  const token = TOKEN.exec(location.hash)?.[1]
  if (token === undefined) return
  history.replaceState(null, '', `${location.pathname}${location.search}`)
  // Unreachable or refused: the first call says so.
  await fetch(`${base}studio/enter`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token })
  }).catch(() => undefined)
}
