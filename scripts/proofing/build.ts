import { mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

/**
 * Builds the page of proofing bundles as one classic script and one style sheet, which the studio writes into each
 * bundle: a page that is opened as a file may load no modules.
 */

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const FOLDER = at('../../resources/proofing')

const outputs = await build({
  configFile: false,
  logLevel: 'warn',
  define: { 'process.env.NODE_ENV': '"production"' },
  build: {
    write: false,
    target: ['chrome109', 'firefox115', 'safari16'],
    cssCodeSplit: false,
    lib: { entry: at('../../src/renderer/proofing/main.tsx'), formats: ['iife'], name: 'proofing' }
  }
})

await mkdir(FOLDER, { recursive: true })
for (const { output } of [outputs].flat().filter((each) => 'output' in each)) {
  for (const file of output) {
    const content = file.type === 'chunk' ? file.code : file.source
    await writeFile(`${FOLDER}/${file.type === 'chunk' ? 'page.js' : 'page.css'}`, content)
  }
}
