import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemClock } from '../../base/clock.ts'
import { silentLog } from '../../base/log.ts'
import { millis } from '../../base/time.ts'
import { EngineSupervisor } from './engine-supervisor.ts'
import { writeBlock } from './native-write.ts'
import { openTelemetry, type Telemetry } from './telemetry.ts'
import { removeScratch, scratchFolder } from './telemetry.test-support.ts'

/** The embedded engine behind an address: it speaks as much of ClickHouse's interface as its client needs. */
const folder = scratchFolder()
const supervisor = new EngineSupervisor({ folder, log: silentLog, clock: systemClock })
const address = createServer(socket => void socket.pipe(connect(supervisor.socketPath)).pipe(socket).on('error', () => socket.destroy()))
let telemetry: Telemetry

beforeAll(async () => {
  await supervisor.start()
  expect(await supervisor.ready(millis(20_000))).toBe(true)
  address.listen(0, '127.0.0.1')
  await once(address, 'listening')
  const { port } = address.address() as AddressInfo
  telemetry = await openTelemetry({ folder, url: `http://127.0.0.1:${port}`, log: silentLog, clock: systemClock })
})
afterAll(async () => {
  await telemetry.close()
  address.close()
  await supervisor.stop()
  removeScratch(folder)
})

test('bound values reach a server as they reach the embedded engine', async () => {
  const parameters = { text: '\'\\\n\t\0{v:String}', list: ['a\'b', '\\'], ids: [2n ** 64n - 1n], part: 1.5, truth: true }
  const sql = 'SELECT {text:String} AS text, {list:Array(String)} AS list, {ids:Array(UInt64)} AS ids, {part:Float64} AS part, {truth:Bool} AS truth'
  expect(await telemetry.query('quick', sql, parameters)).toEqual([{ ...parameters, ids: ['18446744073709551615'] }])
  expect(await telemetry.query('long', 'SELECT length({text:String}) AS n', { text: '\'\n'.repeat(200_000) }, 'tag')).toEqual([{ n: '400000' }])
})

test('blocks are inserted there and read back', async () => {
  await telemetry.command('CREATE TABLE t (a UInt32, s String) ENGINE = MergeTree ORDER BY a')
  const block = writeBlock([{ name: 'a', data: { type: 'UInt32', values: Uint32Array.of(7, 8) } }, { name: 's', data: { type: 'String', values: ['x', ''] } }], 2)
  await telemetry.insert('t', ['a', 's'], block, 'one')
  const [read] = await telemetry.columns('quick', 'SELECT a, s FROM t ORDER BY a')
  expect([...read!.uint32('a'), ...read!.strings('s')]).toEqual([7, 8, 'x', ''])
})

test('what it refuses is told by its code', async () => {
  await expect(telemetry.query('quick', 'SELEC 1')).rejects.toMatchObject({ kind: 'statement', code: 62 })
  await expect(telemetry.columns('quick', 'SELECT * FROM nowhere')).rejects.toMatchObject({ kind: 'statement', code: 60 })
})
