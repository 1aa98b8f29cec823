import { readdirSync, writeFileSync, mkdirSync, existsSync } from 'node:fs'
import { connect } from 'node:net'
import { request } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemClock } from '../../../base/clock.ts'
import { silentLog } from '../../../base/log.ts'
import { millis } from '../../../base/time.ts'
import { EngineSupervisor } from '../engine-supervisor.ts'
import { LANE_HEADER } from '../lane.ts'
import { writeBlock } from '../native-write.ts'
import { removeScratch, scratchFolder } from '../telemetry.test-support.ts'

const folder = scratchFolder()
const supervisor = new EngineSupervisor({ folder, log: silentLog, clock: systemClock })

beforeAll(async () => {
  mkdirSync(join(folder, 'spool'))
  writeFileSync(join(folder, 'spool', 'torn'), 'half an insert')
  await supervisor.start()
  expect(await supervisor.ready(millis(20_000))).toBe(true)
})
afterAll(async () => {
  await supervisor.stop()
  removeScratch(folder)
})

interface Answer {
  readonly status: number
  readonly code: string | undefined
  readonly body: Buffer
}

const ask = (url: Readonly<Record<string, string>>, body: string | Uint8Array = '', lane = 'write', path = '/'): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const sent = request(
      { socketPath: supervisor.socketPath, method: 'POST', path: `${path}?${new URLSearchParams(url).toString()}`, headers: { [LANE_HEADER]: lane } },
      response => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () => {
          const code = response.headers['x-clickhouse-exception-code']
          resolve({ status: response.statusCode!, code: typeof code === 'string' ? code : undefined, body: Buffer.concat(chunks) })
        })
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
const text = async (...parameters: Parameters<typeof ask>): Promise<string> => (await ask(...parameters)).body.toString()

describe('ClickHouse\'s HTTP interface over the embedded engine', () => {
  test('answers a ping, statements in the URL and in the body, and the format asked for', async () => {
    expect(await text({}, '', 'quick', '/ping')).toBe('Ok.\n')
    expect(await text({ query: 'SELECT 1 + 1' })).toBe('2\n')
    expect(await text({}, 'SELECT 3')).toBe('3\n')
    expect(await text({ query: 'SELECT 4 AS a', default_format: 'JSONEachRow' })).toBe('{"a":4}\n')
    expect(await text({ query: 'SELECT 5 AS a FORMAT CSV', default_format: 'JSONEachRow' })).toBe('5\n')
    expect((await ask({ query: "SELECT '\\0\\n\\n' FORMAT RowBinary" })).body).toEqual(Buffer.from([3, 0, 10, 10]))
  })

  test('refuses with ClickHouse\'s code and text', async () => {
    const answer = await ask({ query: 'SELECT * FROM nowhere' })
    expect(answer).toMatchObject({ status: 500, code: '60' })
    expect(answer.body.toString()).toMatch(/^Code: 60\. DB::Exception: .*\(UNKNOWN_TABLE\)/)
    expect(await ask({ query: 'SELEC 1' })).toMatchObject({ status: 400, code: '62' })
    expect(await ask({ 'a b': '1', query: 'SELECT 1' })).toMatchObject({ status: 500, code: '1002' })
    expect(await ask({ database: 'x;DROP', query: 'SELECT 1' })).toMatchObject({ status: 500, code: '1002' })
  })

  test('keeps settings and parameters of one statement from the next', async () => {
    const threads = { query: "SELECT getSetting('max_threads')" }
    const before = await text(threads)
    expect(await text({ ...threads, max_threads: '7' })).toBe('7\n')
    expect(await text(threads)).toBe(before)
    expect(await ask({ ...threads, no_such_setting: '1', max_threads: '9' })).toMatchObject({ code: '115' })
    expect(await text(threads)).toBe(before)
    // A statement that fails leaves the session with its own settings: what the one before it had is set anew.
    expect(await text({ ...threads, max_threads: '7' })).toBe('7\n')
    expect(await ask({ query: 'SELECT * FROM nowhere' })).toMatchObject({ code: '60' })
    expect(await text({ ...threads, max_threads: '7' })).toBe('7\n')
    expect(await text({ query: 'SELECT {secret:String}', param_secret: 'mine' })).toBe('mine\n')
    expect(await ask({ query: 'SELECT {secret:String}' })).toMatchObject({ status: 400, code: '456' })
  })

  test('takes no writes in the lanes for reading', async () => {
    for (const lane of ['quick', 'slow']) expect(await ask({ query: 'CREATE TABLE no (a Int8) ENGINE = Memory' }, '', lane)).toMatchObject({ code: '164' })
  })

  test('inserts binary bodies unharmed, and nothing of a body that breaks off', async () => {
    await ask({ query: 'CREATE TABLE bytes (a UInt64, s String) ENGINE = MergeTree ORDER BY a' })
    // Every pair of newline bytes ends inline data in this engine.
    const values = BigUint64Array.from([0x0a0a0a0a0a0a0a0an, 0n, 2n ** 64n - 1n])
    const strings = ['\n\n', '\0', '\u{10ffff}\\\'']
    const native = Buffer.concat(writeBlock([{ name: 'a', data: { type: 'UInt64', values } }, { name: 's', data: { type: 'String', values: strings } }], 3))
    const insert = { query: 'INSERT INTO bytes (a, s) FORMAT Native' }
    expect(await ask(insert, native)).toMatchObject({ status: 200 })
    const rows = (await text({ query: 'SELECT a, hex(s) FROM bytes ORDER BY a' })).trim().split('\n')
    expect(rows).toEqual([`0\t${hex('\0')}`, `723401728380766730\t${hex('\n\n')}`, `18446744073709551615\t${hex(strings[2]!)}`])
    expect((await ask(insert, native.subarray(0, native.length - 3))).status).toBe(500)
    await new Promise<void>(resolve => {
      const socket = connect(supervisor.socketPath, () => {
        const path = `/?${new URLSearchParams(insert).toString()}`
        socket.write(`POST ${path} HTTP/1.1\r\nHost: e\r\nContent-Length: ${native.length}\r\n\r\n`)
        socket.end(native.subarray(0, 20), () => socket.destroy())
      })
      socket.on('close', () => resolve())
    })
    expect(await text({ query: 'SELECT count() FROM bytes' })).toBe('3\n')
  })

  test('leaves no spool file behind, neither its own nor an earlier one\'s', async () => {
    expect(readdirSync(join(folder, 'spool'))).toEqual([])
    if (!existsSync('/dev/shm')) return
    const left = readdirSync('/dev/shm').filter(name => name.startsWith('tocsin-')).flatMap(name => readdirSync(join('/dev/shm', name)))
    expect(left.filter(name => name.startsWith(`${supervisor.pid}-`))).toEqual([])
  })
})

const hex = (value: string): string => Buffer.from(value).toString('hex').toUpperCase()
