import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import { join } from 'node:path'
import { systemClock } from '../../../base/clock.ts'
import { giveBackMemory } from '../../../base/give-back-memory.ts'
import { millis } from '../../../base/time.ts'
import { LANE_QUEUE, LANE_SESSIONS, type Lane } from '../lane.ts'
import { engineArguments } from './engine-config.ts'
import { engineServer } from './engine-server.ts'
import { EngineSession } from './engine-session.ts'
import { giveBackCode } from './give-back-code.ts'
import { SessionPool } from './session-pool.ts'
import { Spool } from './spool.ts'

/*
 * The embedded telemetry engine: a child process of the server, `node main.ts <folder> <socket>`. It tells its parent
 * `ready` over the IPC channel, stops when told `stop`, and dies with its parent: everything it has acknowledged is on disk.
 */

const DATABASE = 'tocsin'
const READING: ReadonlySet<Lane> = new Set(['quick', 'slow', 'long'])
const SETTLED = millis(5_000)
const [folder, socket] = process.argv.slice(2)
if (folder === undefined || socket === undefined || process.send === undefined) throw new Error('started without folder, socket or parent')

// Nothing is lost by dying at once, and a statement that still runs could not be interrupted in any other way.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
// Ctrl-C reaches the whole process group; the parent decides when to stop.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)

mkdirSync(folder, { recursive: true, mode: 0o700 })
const path = join(folder, 'engine')
mkdirSync(path, { recursive: true, mode: 0o700 })
const args = engineArguments(join(folder, 'engine.xml'))

const pool = (lane: Lane): SessionPool =>
  new SessionPool({
    open: () => EngineSession.open(path, { database: DATABASE, readOnly: READING.has(lane), args }),
    most: LANE_SESSIONS[lane],
    queue: LANE_QUEUE[lane],
  })

const pools = { write: pool('write'), quick: pool('quick'), slow: pool('slow'), long: pool('long'), upkeep: pool('upkeep') }
await pools.write.openFirst()
// Only now is the folder surely ours: the engine locks it.
writeFileSync(join(folder, 'engine.pid'), `${process.pid}\n`, { mode: 0o600 })
const spool = new Spool(join(folder, 'spool'))
const server = engineServer({ pools, spool, database: DATABASE })
rmSync(socket, { force: true })

const settle = (): void => {
  giveBackMemory()
  try {
    giveBackCode()
  } catch (error) {
    // It would only have been lighter.
    process.stderr.write(`code stays resident: ${String(error)}\n`)
  }
}

process.on('message', message => {
  if (message !== 'stop') return
  server.close()
  server.closeIdleConnections()
  void Promise.all(Object.values(pools).map(pool => pool.close())).then(() => {
    spool.close()
    process.exit(0)
  })
})

server.listen(socket, () => {
  chmodSync(socket, 0o600)
  process.send!('ready')
  // Left to the end, it would not be written: this process is rarely let go in peace.
  flushCompileCache()
  // Once the parent has brought the tables up to date.
  systemClock.after(SETTLED, settle)
})
