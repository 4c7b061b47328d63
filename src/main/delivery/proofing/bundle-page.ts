import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { BUNDLE_ELEMENT, type ProofingBundle } from '../../../domain/delivery/proofing-page.ts'
import { StudioError } from '../../../domain/errors.ts'

/** The script and the style of every bundle's page, as the build made them. */
export interface PageParts {
  readonly script: string
  readonly style: string
}

/** @throws StudioError `internal` when the studio was not built whole. */
export async function readPageParts(resources: string): Promise<PageParts> {
  const read = (file: string) => readFile(join(resources, 'proofing', file), 'utf8')
  try {
    return { script: await read('page.js'), style: await read('page.css') }
  } catch (cause) {
    throw new StudioError('internal', 'The page of proofing bundles is missing.', {
      hint: 'Run `npm run proofing` to build it, or reinstall the studio.',
      cause
    })
  }
}

const sha256 = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escapeHtml = (text: string) => text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character)

/** Inside a script element only `</` and `<!--` end or change it (HTML, 4.12.1.3); JSON has no other use for `<`. */
const embeddedJson = (value: unknown) => JSON.stringify(value).replaceAll('<', '\\u003c')

/**
 * The page of a bundle. It runs this one script and nothing else, reaches no network, and loads no picture but those
 * beside it or in it.
 */
export function bundlePage(bundle: ProofingBundle, { script, style }: PageParts): string {
  // The build never writes it, but a library's text might.
  const safeScript = script.replaceAll('</script', '<\\/script')
  const policy = [
    "default-src 'none'",
    "img-src 'self' file: data:",
    `script-src ${sha256(safeScript)}`,
    `style-src ${sha256(style)}`,
    "base-uri 'none'",
    "form-action 'none'"
  ].join('; ')
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">',
    '<meta name="robots" content="noindex"><meta name="referrer" content="no-referrer">',
    `<title>${escapeHtml(bundle.title)}</title><style>${style}</style></head><body>`,
    '<div id="root"><noscript>This page needs JavaScript, which runs on this device only.</noscript></div>',
    `<script type="application/json" id="${BUNDLE_ELEMENT}">${embeddedJson(bundle)}</script>`,
    `<script>${safeScript}</script></body></html>\n`
  ].join('\n')
}
