// Electron started without an app of its own runs this: it loads the app named on the command line, as Electron's own
// default app does (https://github.com/electron/electron/tree/main/default_app). A module, because Electron holds its
// `ready` back until the top-level awaits of a module are done.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { app } from 'electron'

const args = process.argv.slice(1)
const preloads = []
const targets = []
for (let index = 0; index < args.length; index += 1) {
  // Playwright hands a script over that must run before the app.
  if (args[index] === '-r' || args[index] === '--require') preloads.push(resolve(args[++index]))
  else if (!args[index].startsWith('-')) targets.push(resolve(args[index]))
}

const [folder] = targets
if (folder === undefined) {
  console.error('usage: electron [options] FOLDER')
  process.exit(1)
}
const require = createRequire(join(folder, 'package.json'))
for (const preload of preloads) require(preload)
const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
app.setAppPath(folder)
app.setName(manifest.productName ?? manifest.name)
app.setVersion(manifest.version)
await import(pathToFileURL(require.resolve(folder)).href)
