import { engineRoleSchema } from '../contract/engine-protocol.ts'
import { electronPort } from './engine-host/electron-port.ts'
import { nodePort } from './engine-host/node-port.ts'
import { loadRole } from './engine-host/roles.ts'
import { serveEngine } from './engine-host/serve-engine.ts'
import { collectLessOften } from './runtime/heap-growth.ts'

// Electron only warns of these by default; an engine in an unknown state must not answer another call.
process.on('unhandledRejection', (reason) => {
  console.error(reason)
  process.exit(1)
})
// Ctrl+C reaches every process of the terminal; the studio decides what becomes of its engines.
process.on('SIGINT', () => {})

collectLessOften()
const role = engineRoleSchema.parse(process.argv[2])
serveEngine(role, await loadRole(role), electronPort() ?? nodePort())
