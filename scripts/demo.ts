import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** The main job on a photo that comes with the packages the built-in models are made from, so that it needs nothing. */
const faceApi = dirname(createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json'))
/** Four people; the second from the left is meant. */
const photo = join(faceApi, 'demo', 'sample6.jpg')
const order = ['--face', '2', '--background', 'modern_office', '--seed', '5', '--out', 'portraits/demo']
const { status } = spawnSync(
  process.execPath,
  ['out/main/cli.js', 'portrait', photo, ...order, ...process.argv.slice(2)],
  {
    stdio: 'inherit'
  }
)
process.exitCode = status ?? 1
