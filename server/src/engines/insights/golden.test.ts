import { expect, test } from 'vitest'
import { scratchTelemetry } from '../../store/telemetry/telemetry.test-support.ts'
import { compileQuery, type EngineRow } from './compile-query.ts'
import { GROUP, RANGE, TestEvents } from './insights.test-support.ts'

/** Queries whose SQL is worth reading, and is read in review. */
const QUERIES: Readonly<Record<string, string>> = {
  'newest-events': 'fields @timestamp, @message | sort @timestamp desc | limit 20',
  'one-request': 'filter requestId = "4bf92f35-77b3-4da6-a3ce-929d0e0e4736"',
  'searched-by-text': 'filter @message like /ERROR|Exception|error/ | stats count() as error_count by @logStream',
  'searched-by-regex': 'filter @message like /5\\d\\d/ and @message not like "health"',
  'since-a-time': 'filter @timestamp > 1767261600000 | display @message',
  'numbers-of-a-field': 'filter duration > 1000 | stats max(duration) as worst, avg(duration) as usual by log_identifier | sort usual desc',
  'bins': 'stats count(*) as events, pct(ms, 99) as p99 by bin(5m)',
  'stats-of-stats': 'stats sum(ms) as total by bin(1m), level | filter total > 10 | stats max(total) as peak by level',
  'parsed-by-glob': 'parse @message "user=*, method:*" as user, method | filter method = "GET" | dedup user | limit 5',
  'parsed-by-regex': 'parse @message /(?<level>[A-Z]+) (?<rest>.*)/ | sort level asc',
  'json-members': 'fields jsonParse(@message) as j | filter j.items[0].name = "a" | display j.items[0].name as first',
  'joined': 'join type=left left=a right=b where a.id = b.key (SOURCE "/other" | stats count(*) as c by key) | filter ispresent(b.c) | display a.name, b.c',
  'subquery': 'filter user in (SOURCE "/other" | filter blocked = 1 | fields user) | limit 10',
  'running-sum': 'sort @timestamp | accum ms as total | filter total > 1000',
  'missing-bins': 'stats count(*) as c by bin(1h) as t | fillmissing with 0 for c',
  'patterns': 'filter level = "ERROR" | pattern @message | diff',
}

const events = await TestEvents.with(await scratchTelemetry(), [{ at: RANGE.start, message: '{"level":"ERROR","ms":1}' }])

test.for(Object.entries(QUERIES))('%s', async ([name, query]) => {
  const { sql, parameters } = compileQuery(query, { ...RANGE, groups: [GROUP], groupsOf: () => [{ id: 8, label: '123456789012:/other' }] })
  const values = Object.entries(parameters).map(([parameter, value]) => `-- ${parameter} = ${JSON.stringify(value, (_, one: unknown) => (typeof one === 'bigint' ? String(one) : one))}`)
  await expect(`-- ${query}\n\n${sql}\n\n${values.join('\n')}\n`).toMatchFileSnapshot(`./golden/${name}.sql`)
  await events.telemetry.query<EngineRow>('slow', sql, parameters)
})
