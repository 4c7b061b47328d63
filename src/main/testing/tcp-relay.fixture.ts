import { once } from 'node:events'
import { createConnection, createServer, type Socket } from 'node:net'

/** Stands between a client and a server on the loopback address, and makes the trouble that networks make. */
export interface TcpRelay {
  readonly port: number
  /** Milliseconds that each piece of a reply is kept back. */
  delay(ms: number): void
  /** Of the next so many replies the first half is handed on, then the connection ends. */
  cutReplies(count: number): void
  /** Replies that were cut. */
  readonly cuts: number
  close(): Promise<void>
}

export async function startRelay(serverPort: number): Promise<TcpRelay> {
  const open = new Set<Socket>()
  let delayMs = 0
  let toCut = 0
  let cuts = 0
  const server = createServer((client) => {
    const behind = createConnection(serverPort, '127.0.0.1')
    const end = () => {
      client.destroy()
      behind.destroy()
    }
    for (const socket of [client, behind]) {
      open.add(socket)
      socket.on('error', end)
      socket.on('close', () => {
        open.delete(socket)
        end()
      })
    }
    client.pipe(behind)
    behind.on('data', (reply) => {
      const cut = toCut > 0
      if (cut) {
        toCut -= 1
        cuts += 1
      }
      const hand = () => {
        if (client.destroyed) return
        if (cut) client.write(reply.subarray(0, reply.length >> 1), end)
        else client.write(reply)
      }
      if (delayMs > 0) setTimeout(hand, delayMs)
      else hand()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The relay has no port.')
  return {
    port: address.port,
    delay: (ms) => {
      delayMs = ms
    },
    cutReplies: (count) => {
      toCut = count
    },
    get cuts() {
      return cuts
    },
    async close() {
      server.close()
      for (const socket of open) socket.destroy()
      if (server.listening) await once(server, 'close')
    }
  }
}
