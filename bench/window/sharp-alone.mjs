// Runs in a utility process of Electron and answers how long sharp alone takes for a small picture of a photo.
import { createRequire } from 'node:module'
import { performance } from 'node:perf_hooks'

const require = createRequire(import.meta.url)
if (process.platform === 'linux') {
  // The build that the studio's own engines take here, see src/inference/pixels/sharp.ts.
  const wasm = require.resolve('@img/sharp-wasm32/sharp.node')
  require(wasm)
  const requireOfSharp = createRequire(require.resolve('sharp'))
  for (const libc of ['linux', 'linuxmusl']) {
    try {
      require.cache[requireOfSharp.resolve(`@img/sharp-${libc}-${process.arch}/sharp.node`)] = require.cache[wasm]
    } catch {
      // Not installed: sharp takes the WebAssembly build by itself.
    }
  }
}
const sharp = require('sharp')
sharp.cache(false)

process.parentPort.on('message', async ({ data: { path, edge } }) => {
  const small = () => sharp(path).autoOrient().resize(edge, edge, { fit: 'inside', withoutEnlargement: true })
  const began = performance.now()
  await small().raw().toBuffer()
  const resized = performance.now()
  await small().jpeg({ quality: 82 }).toFile(`${path}.small.jpg`)
  const encoded = performance.now()
  process.parentPort.postMessage({ resized: resized - began, encoded: encoded - resized })
})
