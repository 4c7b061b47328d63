import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ScratchFolders } from './scratch-folders.ts'
import { hasEnded, isKnownDead, workerOfThisProcess } from './worker-identity.ts'

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'apex-scratch-'))
})
afterEach(() => rm(root, { recursive: true, force: true }))

/** The number of a process that has ended. */
const endedPid = () => spawnSync(process.execPath, ['--eval', '']).pid

describe('who works here', () => {
  it('is the same machine and another process each time', async () => {
    const first = await workerOfThisProcess(root)
    const second = await workerOfThisProcess(root)
    expect(first.owner).toBe(second.owner)
    expect(first.owner.startsWith(`${hostname()}:`)).toBe(true)
    expect(first.bootId).not.toBe(second.bootId)
    expect((await workerOfThisProcess(join(root, 'other'))).owner).not.toBe(first.owner)
    expect(await readdir(root)).toEqual(['other', 'worker-id'])
  })

  it('is known to be dead only where it can be known', async () => {
    const worker = { owner: 'here', bootId: `${process.pid}-mine` }
    const lease = (owner: string, bootId: string) => ({ owner, bootId, token: 't', beat: 0, writes: 0 })
    expect(isKnownDead(lease('here', `${endedPid()}-a`), worker)).toBe(true)
    expect(isKnownDead(lease('elsewhere', `${endedPid()}-a`), worker)).toBe(false)
    expect(isKnownDead(lease('here', `${process.ppid}-a`), worker)).toBe(false)
    expect(isKnownDead(lease('here', worker.bootId), worker)).toBe(false)
    // A restarted container has the number of its first process again.
    expect(isKnownDead(lease('here', `${process.pid}-earlier`), worker)).toBe(true)
    expect(hasEnded('no number', worker)).toBe(true)
  })
})

describe('scratch folders', () => {
  it('of processes that were killed are removed, of living ones kept', async () => {
    const worker = { owner: 'here', bootId: `${process.pid}-mine` }
    const dead = `${endedPid()}-dead`
    const alive = `${process.ppid}-alive`
    for (const boot of [dead, alive]) {
      await mkdir(join(root, boot, 'job-1'), { recursive: true })
      await writeFile(join(root, boot, 'job-1', 'picture.png'), 'half')
    }
    const scratch = new ScratchFolders(root, worker)
    await scratch.prepare()
    expect((await readdir(root)).sort()).toEqual([alive, worker.bootId].sort())
    const folder = await scratch.create()
    await writeFile(join(folder, 'picture.png'), 'whole')
    await scratch.remove(folder)
    expect(await readdir(join(root, worker.bootId))).toEqual([])
    await scratch.create()
    await scratch.removeAll()
    expect(await readdir(root)).toEqual([alive])
  })
})
