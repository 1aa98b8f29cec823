import { expect, test } from 'vitest'
import { BrokenLog } from './log-format.ts'
import { readDrop, time } from './log-formats.test-support.ts'

const CSV = [
  '2024-01-31 10:00:00.123 UTC,"app","shop",1234,"10.0.0.5:43210",65ba1b2c.4d2,3,"SELECT",2024-01-31 09:59:00 UTC,5/12,0,LOG,00000,"duration: 1523.456 ms  statement: SELECT ""a"",',
  '  b FROM t",,,,,,,,,"psql","client backend",,-123456789012345678',
  '2024-01-31 10:00:01.000 UTC,,,99,,65ba1b2c.63,1,,2024-01-31 09:00:00 UTC,,0,FATAL,53300,"sorry, too many clients already",,,,,,,,,"","client backend",,0',
].join('\n')

test('csvlog: quotes, line ends in values, columns by name', () => {
  for (const size of [1, 7, 65_536]) {
    const { format, events } = readDrop(CSV, size)
    expect(format).toBe('postgresql-csv')
    expect(events.map(event => event.timestamp)).toEqual([time('2024-01-31T10:00:00.123Z'), time('2024-01-31T10:00:01Z')])
    expect(events[0]!.fields).toEqual({
      log_time: '2024-01-31 10:00:00.123 UTC', user_name: 'app', database_name: 'shop', process_id: 1234, connection_from: '10.0.0.5:43210',
      session_id: '65ba1b2c.4d2', session_line_num: 3, command_tag: 'SELECT', session_start_time: '2024-01-31 09:59:00 UTC', virtual_transaction_id: '5/12',
      transaction_id: 0, error_severity: 'LOG', sql_state_code: '00000', message: 'duration: 1523.456 ms  statement: SELECT "a",\n  b FROM t',
      duration: 1523.456, statement: 'SELECT "a",\n  b FROM t', application_name: 'psql', backend_type: 'client backend', query_id: '-123456789012345678',
    })
    expect(events[1]!.fields).toMatchObject({ error_severity: 'FATAL', sql_state_code: '53300', message: 'sorry, too many clients already' })
    expect(JSON.parse(events[0]!.message)).toEqual(events[0]!.fields)
  }
})

test.each([23, 24, 26])('csvlog of %d columns', columns => {
  const values = ['2024-01-31 10:00:00 UTC', '"u"', '"d"', '1', '', 's', '1', '', '2024-01-31 09:59:00 UTC', '', '0', 'ERROR', '42601', '"syntax error"']
  const line = [...values, ...Array<string>(columns - values.length).fill('')].join(',')
  expect(readDrop(line)).toMatchObject({ format: 'postgresql-csv', events: [{ fields: { error_severity: 'ERROR', message: 'syntax error' } }] })
})

test('csvlog that stops in the middle, or holds what is no CSV, keeps it as text', () => {
  const cut = readDrop(CSV.slice(0, 190))
  expect(cut.events).toEqual([{ timestamp: time('2024-01-31T10:00:00.123Z'), message: CSV.slice(0, 190) }])
  const mixed = readDrop(`${CSV}\nserver restarted\n${CSV}\n`)
  expect(mixed.events.map(event => event.fields !== undefined)).toEqual([true, true, false, true, true])
})

test('a quote that is never closed', () => {
  expect(() => readDrop(`${CSV}\n${CSV.slice(0, 150)}${'x'.repeat(1_100_000)}`)).toThrow(BrokenLog)
})

test('stderr with the prefix of RDS', () => {
  const lines = [
    '2024-01-31 10:00:00 UTC:10.0.0.5(43210):app@shop:[1234]:LOG:  duration: 1523.456 ms  statement: SELECT *',
    '\tFROM t',
    '\tWHERE a = 1',
    "2024-01-31 10:00:01 UTC:10.0.0.5(43210):app@shop:[1234]:LOG:  duration: 12.3 ms  execute <unnamed>: SELECT $1",
    "2024-01-31 10:00:01 UTC:10.0.0.5(43210):app@shop:[1234]:DETAIL:  Parameters: $1 = '42'",
    '2024-01-31 10:00:02 UTC::@:[77]:LOG:  checkpoint complete: wrote 3 buffers',
    '2024-01-31 10:00:03 UTC:fe80::1(5):app@shop:[9]:ERROR:  deadlock detected',
    '2024-01-31 10:00:03 UTC:fe80::1(5):app@shop:[9]:DETAIL:  Process 9 waits',
    '\tProcess 10 waits',
    '2024-01-31 10:00:03 UTC:fe80::1(5):app@shop:[9]:HINT:  See server log',
    '2024-01-31 10:00:03 UTC:fe80::1(5):app@shop:[9]:STATEMENT:  UPDATE t SET a = 1',
    '2024-01-31 10:00:04 UTC:[local]:app@shop:[9]:LOG:  duration: 3.000 ms',
    '2024-01-31 10:00:05 UTC:[local]:app@shop:[9]:LOG:  duration: 4.500 ms  plan:',
    '\tSeq Scan on t',
  ]
  for (const size of [1, 65_536]) {
    const { format, events } = readDrop(lines.join('\n'), size)
    expect(format).toBe('postgresql-stderr')
    expect(events.map(event => event.fields)).toEqual([
      {
        log_time: '2024-01-31 10:00:00 UTC', connection_from: '10.0.0.5:43210', user_name: 'app', database_name: 'shop', process_id: 1234, error_severity: 'LOG',
        message: 'duration: 1523.456 ms  statement: SELECT *\nFROM t\nWHERE a = 1', duration: 1523.456, statement: 'SELECT *\nFROM t\nWHERE a = 1',
      },
      {
        log_time: '2024-01-31 10:00:01 UTC', connection_from: '10.0.0.5:43210', user_name: 'app', database_name: 'shop', process_id: 1234, error_severity: 'LOG',
        message: 'duration: 12.3 ms  execute <unnamed>: SELECT $1', duration: 12.3, statement: 'SELECT $1', detail: "Parameters: $1 = '42'",
      },
      { log_time: '2024-01-31 10:00:02 UTC', process_id: 77, error_severity: 'LOG', message: 'checkpoint complete: wrote 3 buffers' },
      {
        log_time: '2024-01-31 10:00:03 UTC', connection_from: 'fe80::1:5', user_name: 'app', database_name: 'shop', process_id: 9, error_severity: 'ERROR',
        message: 'deadlock detected', detail: 'Process 9 waits\nProcess 10 waits', hint: 'See server log', query: 'UPDATE t SET a = 1',
      },
      { log_time: '2024-01-31 10:00:04 UTC', connection_from: '[local]', user_name: 'app', database_name: 'shop', process_id: 9, error_severity: 'LOG', message: 'duration: 3.000 ms', duration: 3 },
      {
        log_time: '2024-01-31 10:00:05 UTC', connection_from: '[local]', user_name: 'app', database_name: 'shop', process_id: 9, error_severity: 'LOG',
        message: 'duration: 4.500 ms  plan:\nSeq Scan on t', duration: 4.5, plan: 'Seq Scan on t',
      },
    ])
    expect(events[2]!.timestamp).toBe(time('2024-01-31T10:00:02Z'))
  }
})

test.each([
  ['2024-01-31 10:00:00.123 UTC [1234] LOG:  ready', { error_severity: 'LOG', process_id: 1234, message: 'ready' }],
  ['2024-01-31 11:00:00.123 CET [1234] app@shop ERROR:  no', { error_severity: 'ERROR', user_name: 'app', database_name: 'shop', message: 'no' }],
])('stderr with a usual prefix: %s', (line, fields) => {
  expect(readDrop(line)).toMatchObject({ format: 'postgresql-stderr', events: [{ timestamp: time('2024-01-31T10:00:00.123Z'), fields }] })
})

test('jsonlog', () => {
  const record = { timestamp: '2024-01-31 10:00:00.123 UTC', pid: 7, session_id: '65.1', error_severity: 'ERROR', message: 'no', state_code: '42601' }
  expect(readDrop(`${JSON.stringify(record)}\n`)).toEqual({
    format: 'postgresql-json',
    events: [{ timestamp: time('2024-01-31T10:00:00.123Z'), message: JSON.stringify(record), fields: record }],
  })
})
