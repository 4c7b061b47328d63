import { spawn } from 'node:child_process'

/** How each system opens an address in its browser. */
const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
  linux: ['xdg-open']
}

/** Without a browser, or a screen for it, the address in the terminal is all there is. */
function openBrowser(address: string): void {
  const [command, ...args] = OPENERS[process.platform] ?? []
  if (command === undefined) return
  const opener = spawn(command, [...args, address], { stdio: 'ignore', detached: true })
  opener.on('error', () => undefined)
  opener.unref()
}

/** Where no window can be: the studio is served to browsers of this machine, until Ctrl+C. Resolves to the exit status. */
export function serveInstead(hasDisplay: boolean): Promise<number> {
  const child = spawn(process.execPath, ['out/main/cli.js', 'serve'], { stdio: ['inherit', 'inherit', 'pipe'] })
  let said = ''
  let opened = false
  child.stderr.on('data', (chunk: Buffer) => {
    process.stderr.write(chunk)
    if (opened) return
    said += chunk.toString()
    const address = /^Open (http:\S+) in a browser/m.exec(said)?.[1]
    opened = address !== undefined
    if (address !== undefined && hasDisplay) openBrowser(address)
  })
  // Ctrl+C reaches the server too, which ends by itself.
  process.on('SIGINT', () => undefined)
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  return new Promise((resolve) => child.once('exit', (status) => resolve(status ?? 1)))
}
