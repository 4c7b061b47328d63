import { spawnSync } from 'node:child_process'
import { chmod, copyFile, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { launchStudio, removeFolder } from './studio-app.ts'

/** The user `nobody` of every Linux. */
const NOBODY = 65534

const hasSetpriv = spawnSync('setpriv', ['--version']).status === 0

test('runs as an unprivileged user with Chromium’s sandbox on', async () => {
  test.skip(
    process.platform !== 'linux' || process.getuid?.() !== 0 || !hasSetpriv,
    'takes root to become another user'
  )
  const folder = await mkdtemp(join(tmpdir(), 'studio-nobody-'))
  await chmod(folder, 0o777)
  const through = join(folder, 'as-nobody')
  const become = `setpriv --reuid=${NOBODY} --regid=${NOBODY} --clear-groups --no-new-privs`
  await writeFile(through, `#!/bin/sh\nHOME='${folder}' exec ${become} "$ELECTRON" "$@"\n`, { mode: 0o755 })
  const environment: Record<string, string> = {}
  if (process.env.XAUTHORITY) {
    // The key to the display is root's alone.
    environment.XAUTHORITY = join(folder, 'display-key')
    await copyFile(process.env.XAUTHORITY, environment.XAUTHORITY)
    await chmod(environment.XAUTHORITY, 0o644)
  }
  const studio = await launchStudio({ folder, through, environment })
  try {
    // Asked first: it answers once the main process has read everything, which does not bear questions meanwhile.
    expect(await studio.studio.call('studio.describe', {})).toMatchObject({ desktop: true })
    const pids = await studio.app.evaluate(({ app }) => app.getAppMetrics().map(({ type, pid }) => ({ type, pid })))
    const page = pids.find(({ type }) => type === 'Tab')
    const status = await readFile(`/proc/${page?.pid}/status`, 'utf8')
    expect(status).toMatch(new RegExp(`^Uid:\\s*${NOBODY}\\b`, 'm'))
    // 2 is SECCOMP_MODE_FILTER, man 5 proc_pid_status.
    expect(status).toMatch(/^Seccomp:\s*2$/m)
    expect(studio.complaints).toEqual([])
  } finally {
    await studio.quit()
    await removeFolder(folder)
  }
})
