import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Root ignores permission bits, so that only a mount can make a folder full or read-only for it. */
export const CAN_MOUNT = process.platform === 'linux' && process.getuid?.() === 0 && canMount()

/** By trying: root in a container may not. */
function canMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'mounted-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder], { stdio: 'ignore' })
    execFileSync('umount', ['--lazy', folder])
    return true
  } catch {
    return false
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Runs `work` in a folder that is a file system of its own, e.g. with the options `size=64k` or `ro`. */
export async function inMountedFolder(options: string, work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'mounted-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder])
    try {
      await work(folder)
    } finally {
      execFileSync('umount', ['--lazy', folder])
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
