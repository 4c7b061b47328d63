import { readFile } from 'node:fs/promises'

/** Stands in the built page for the nonce, as `html.cspNonce` of electron.vite.config.ts has it. */
const NONCE_PLACEHOLDER = 'STUDIO_CSP_NONCE'

/** The built page with the nonce of this response. */
export async function pageHtml(file: string, nonce: string): Promise<string> {
  return (await readFile(file, 'utf8')).replaceAll(NONCE_PLACEHOLDER, nonce)
}
