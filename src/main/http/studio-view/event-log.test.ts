import { describe, expect, it, vi } from 'vitest'
import { EventLog, type LoggedEvent } from './event-log.ts'

const idIn = (event: LoggedEvent | undefined) => event?.id ?? ''

function filled(count: number, size = 1) {
  const log = new EventLog()
  const heard: LoggedEvent[] = []
  log.hear((event) => heard.push(event))
  for (let n = 1; n <= count; n += 1) log.add({ event: 'notice', payload: { n, fill: 'x'.repeat(size) } })
  return { log, heard }
}

describe('the log of events', () => {
  it('goes on where a connection was cut off', () => {
    const { log, heard } = filled(5)
    expect(log.since(idIn(heard[2]))).toEqual(heard.slice(3))
    expect(log.since(idIn(heard[4]))).toEqual([])
    expect(heard[4]?.data).toMatchObject({ event: 'notice', payload: { n: 5 } })
  })

  it('does not know what was told too long ago, by another run, or never', () => {
    const { log, heard } = filled(1_500)
    expect(log.since(idIn(heard[900]))).toBeNull()
    expect(log.since(idIn(heard[1_100]))).toHaveLength(399)
    expect(log.since(idIn(filled(3).heard[1]))).toBeNull()
    const [run] = idIn(heard[0]).split('.')
    for (const id of ['', 'x', `${run}.`, `${run}.1e3`, `${run}.-1`, `${run}.9999999`]) expect(log.since(id)).toBeNull()
  })

  it('keeps no more than a few megabytes', () => {
    const { log, heard } = filled(20, 1024 ** 2)
    expect(log.since(idIn(heard[10]))).toBeNull()
    expect(log.since(idIn(heard[17]))).toHaveLength(2)
  })

  it('leaves out what concerns the window on the studio’s machine', () => {
    const log = new EventLog()
    const hear = vi.fn()
    log.hear(hear)
    log.add({ event: 'menu.command', payload: { command: 'remove' } })
    log.add({ event: 'window.changed', payload: {} })
    expect(hear).not.toHaveBeenCalled()
  })
})
