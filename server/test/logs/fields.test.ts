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

test('JSON behind other text has its fields, with columns and without', async () => {
  const { called, id, put } = await opened()
  await put('{"level":"INFO","text":"short"}')
  expect(called.logs.fields.hasEmbedded(id)).toBe(false)
  const text = 'x'.repeat(300)
  await put(`2026-01-01T00:00:00.000Z\tb3f1\tINFO\t{"level":"WARN","text":"${text}","n":12345678901234567890123}\n`, '{"level":"ERROR","text":"other"}', 'no {"JSON" here')
  expect(called.logs.fields.hasEmbedded(id)).toBe(true)
  expect(called.logs.fields.columns(id, 'text')).toBeUndefined()
  const now = Math.floor(called.clock.now() / 1000)
  const { queryId } = await called.run<{ queryId: string }>('StartQuery', { logGroupName: 'g', queryString: 'filter ispresent(text) | stats max(strlen(text)), max(n) by level | sort level', startTime: now - 60, endTime: now })
  await called.searcher.finished(queryId)
  const { results } = await called.run<{ results: { value: string }[][] }>('GetQueryResults', { queryId })
  expect(results.map(row => row.map(({ value }) => value))).toEqual([['ERROR', '5'], ['INFO', '5'], ['WARN', '300', '1.2345678901234568e22']])
})

test('queries find the same in columns and in messages', async () => {
  const { called, put } = await opened()
  const messages = ['{"level":"ERROR","ms":5}', '{"level":"WARN","ms":40}', '{"ms":7.25}', 'plain', '{"level":"ERROR","ms":40,"code":"a"}']
  await put(...messages)
  // Of another group, whose fields are too many for columns.
  await called.group('h', 's')
  await called.put('h', 's', [[-1, JSON.stringify(Object.fromEntries(Array.from({ length: 600 }, (_, n) => [`f${n}`, n])))], ...messages.map(message => [0, message] as const)])
  const found = async (logGroupName: string, queryString: string): Promise<readonly (readonly (string | undefined)[])[]> => {
    const now = Math.floor(called.clock.now() / 1000)
    const { queryId } = await called.run<{ queryId: string }>('StartQuery', { logGroupName, queryString: `filter not ispresent(f0) | ${queryString}`, startTime: now - 60, endTime: now })
    await called.searcher.finished(queryId)
    const { results } = await called.run<{ results: { field: string; value?: string }[][] }>('GetQueryResults', { queryId })
    return results.map(row => row.flatMap(({ field, value }) => (field === '@ptr' ? [] : [value])))
  }
  const cases: readonly (readonly [query: string, rows: readonly (readonly string[])[]])[] = [
    ['stats max(ms), min(ms), sum(ms), count(*) by level | sort level', [['ERROR', '40', '5', '45', '2'], ['WARN', '40', '40', '40', '1'], ['7.25', '7.25', '7.25', '2']]],
    ['stats max(level), max(missing)', [['WARN']]],
    ['stats count(*) as n by ms | sort ms desc', [['40', '2'], ['7.25', '1'], ['5', '1'], ['1']]],
    ['stats max(ms) as most by level | stats max(most) as m, count(*) as n by most | sort most', [['7.25', '7.25', '1'], ['40', '40', '2']]],
    ['stats count(*) as n by ms, level | filter ms > 5 | sort ms, level | display ms, n', [['7.25', '1'], ['40', '1'], ['40', '1']]],
    ['filter level = "ERROR" | stats count(*) by level', [['ERROR', '2']]],
    ['filter level in ["WARN", "x"] or ms = "5" | stats count(*)', [['2']]],
    ['filter not (level = "ERROR") | stats count(*)', [['3']]],
    ['filter level != "ERROR" | stats count(*)', [['1']]],
    ['filter level not in ["ERROR"] | stats count(*)', [['1']]],
    ['filter level like /E|X/ and ms like /^\\d+$/ | stats count(*)', [['2']]],
    ['filter level like "AR" | stats count(*) by level', [['WARN', '1']]],
    // Where a side is missing, so is the comparison.
    ['fields level = "ERROR" as is | sort ms, @message', [['1'], [], ['1'], ['0'], []]],
  ]
  for (const [query, rows] of cases) {
    expect(await found('g', query), query).toEqual(rows)
    expect(await found('h', query), query).toEqual(rows)
  }
})
