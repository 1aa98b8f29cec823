import { expect, test } from 'vitest'
import { scratchTelemetry } from '../../src/store/telemetry/telemetry.test-support.ts'
import { CalledLogs } from '../called-logs.ts'
import { OURS } from '../temporary-control.ts'

const telemetry = await scratchTelemetry()

const opened = async () => {
  const called = await CalledLogs.open(telemetry)
  await called.group('g', 's')
  const { id } = called.logs.directory.get(OURS, 'g')!
  const put = async (...messages: readonly string[]): Promise<void> => {
    await called.put('g', 's', messages.map(message => [0, message] as const))
    await called.logs.intake.settled([id])
  }
  const column = async (name: string): Promise<readonly unknown[]> => {
    const columns = called.logs.fields.columns(id, name)
    const text = columns?.text === undefined ? 'NULL' : `CAST(${columns.text}, 'Nullable(String)')`
    const number = columns?.number === undefined ? 'NULL' : columns.number
    const rows = await telemetry.query<{ t: string | null; n: number | null }>('quick', `SELECT ${text} AS t, ${number} AS n FROM log_events WHERE grp = {id:UInt32} ORDER BY seq`, { id })
    return rows.map(({ t, n }) => t ?? n)
  }
  return { called, id, put, column }
}

test('fields get columns of their own, by what they hold', async () => {
  const { put, column } = await opened()
  await put('{"level":"INFO","ms":1.5}', 'plain', '{"level":"","ms":"many","user":{"id":7}}', '{"ms":12345678901234567890}')
  expect(await column('level')).toEqual(['INFO', null, '', null])
  expect(await column('ms')).toEqual([1.5, null, 'many', '12345678901234567890'])
  expect(await column('user.id')).toEqual([null, null, 7, null])
  await put('{"level":"WARN","late":true}')
  expect(await column('level')).toEqual(['INFO', null, '', null, 'WARN'])
  expect(await column('late')).toEqual([null, null, null, null, 1])
})

test('texts that are unlike in each event, and long ones, have no column', async () => {
  const { called, id, put } = await opened()
  await put(...Array.from({ length: 200 }, (_, n) => `{"request":"r-${n}","level":"${n % 2 === 0 ? 'A' : 'B'}","long":"${'x'.repeat(300)}"}`))
  expect([...called.logs.fields.fields(id)]).toEqual([['level', { number: undefined, text: 's0' }]])
  await put('{"request":"same"}')
  expect(called.logs.fields.columns(id, 'request')).toBeUndefined()
})

test('a field that turns out to be unlike in each event loses its column, and another never gets it', async () => {
  const { called, id, put } = await opened()
  await put('{"request":"r-x"}')
  expect(called.logs.fields.columns(id, 'request')).toEqual({ number: undefined, text: 's0' })
  await put(...Array.from({ length: 200 }, (_, n) => `{"request":"r-${n}"}`))
  expect(called.logs.fields.columns(id, 'request')).toBeUndefined()
  await put('{"level":"A"}')
  expect(called.logs.fields.columns(id, 'level')).toEqual({ number: undefined, text: 's1' })
})

test('no more fields than there are columns, and none after that', async () => {
  const { called, id, put } = await opened()
  await put(JSON.stringify(Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`f${n}`, n]))))
  expect(called.logs.fields.fields(id).size).toBe(24)
  for (let from = 0; from < 600; from += 100) await put(JSON.stringify(Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`t${from + n}`, 'x']))))
  expect(called.logs.fields.fields(id).size).toBe(48)
  expect(called.logs.fields.isRejected(id, 'not met yet')).toBe(true)
})

test('names that look like SQL are names', async () => {
  const { put, column } = await opened()
  const name = '`; DROP TABLE log_events; --\'"\\'
  await put(JSON.stringify({ [name]: 'x' }))
  expect(await column(name)).toEqual(['x'])
})

test('that messages have integers of more than 64 bits is kept in mind', async () => {
  const { called, id, put } = await opened()
  await put('{"n":9223372036854775807,"id":"12345678901234567890"}')
  expect(called.logs.fields.hasWideNumbers(id)).toBe(false)
  await put('{"n":123456789012345678901}')
  expect(called.logs.fields.hasWideNumbers(id)).toBe(true)
  expect([...called.logs.fields.fields(id).keys()]).toEqual(['n', 'id'])
})
