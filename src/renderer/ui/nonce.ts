import { setNonce } from 'get-nonce'

/**
 * Radix's scroll lock adds a style element, which the page's content security policy only lets in with the nonce of this
 * load. It stands in a meta element, as Vite's `html.cspNonce` writes it (https://vite.dev/guide/features.html#content-security-policy-csp).
 */
export function adoptNonce(page: Document): void {
  const meta = page.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')
  if (meta?.nonce) setNonce(meta.nonce)
}
