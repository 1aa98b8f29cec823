import { expect, test } from 'vitest'
import { scratchTelemetry } from '../../src/store/telemetry/telemetry.test-support.ts'
import { rootOf } from '../called-service.ts'
import { CalledLogs } from '../called-logs.ts'
import { ArrivalHouse } from '../log-arrivals/arrival-house.ts'
import { LogTransformers } from '../../src/jobs/log-transformers/log-transformers.ts'
import { ELSEWHERE, THEIRS } from '../temporary-control.ts'

const telemetry = await scratchTelemetry()
const CONFIG = [{ parseKeyValue: { fieldDelimiter: ' ' } }, { typeConverter: { entries: [{ key: 'took', type: 'integer' }] } }]
const ARN = 'arn:aws:logs:us-east-1:111111111111:log-group:g'

test('a transformer is tested before it is put', async () => {
  const called = await CalledLogs.open(telemetry)
  const grok = [{ grok: { match: '%{WORD:level} %{NOTSPACE:at} %{NUMBER:took:float}' } }, { dateTimeConverter: { source: 'at', target: 'at', matchPatterns: ['yyyy-MM-dd'], targetFormat: 'dd.MM.yyyy' } }]
  expect(await called.run('TestTransformer', { transformerConfig: grok, logEventMessages: ['INFO 2026-01-02 1.5'] })).toEqual({
    transformedLogs: [{ eventNumber: 0, eventMessage: 'INFO 2026-01-02 1.5', transformedEventMessage: '{"level":"INFO","at":"02.01.2026","took":1.5}' }],
  })
  const transformerConfig = [{ parseJSON: {} }, { copyValue: { entries: [{ source: '@accountId', target: 'account' }] } }]
  expect(await called.run('TestTransformer', { transformerConfig, logEventMessages: ['{"a":1}', 'plain'] })).toEqual({
    transformedLogs: [
      { eventNumber: 0, eventMessage: '{"a":1}', transformedEventMessage: '{"a":1,"account":"111111111111"}' },
      { eventNumber: 1, eventMessage: 'plain', transformedEventMessage: undefined },
    ],
  })
})

test('a transformer is kept with its group', async () => {
  const called = await CalledLogs.open(telemetry)
  await called.group('g', 's')
  const group = { logGroupIdentifier: 'g' }
  expect(await called.run('GetTransformer', group)).toEqual({})
  await called.run('PutTransformer', { ...group, transformerConfig: CONFIG })
  const now = called.clock.now()
  expect(await called.run('GetTransformer', { logGroupIdentifier: ARN })).toEqual({ logGroupIdentifier: ARN, creationTime: now, lastModifiedTime: now, transformerConfig: CONFIG })
  const again = await LogTransformers.open(called.store.logDocuments, called.accountPolicies)
  expect(again.get(called.logs.directory.find({ ...THEIRS, account: '111111111111' as never }, 'g')!)?.document).toBe(JSON.stringify(CONFIG))
  for (const tenant of [THEIRS, ELSEWHERE]) {
    expect(await called.refusal('GetTransformer', { logGroupIdentifier: ARN }, rootOf(tenant), tenant)).toMatch(/ResourceNotFoundException/)
    expect(await called.refusal('DeleteTransformer', { logGroupIdentifier: ARN }, rootOf(tenant), tenant)).toMatch(/ResourceNotFoundException/)
  }
  await called.run('DeleteTransformer', group)
  expect(await called.refusal('DeleteTransformer', group)).toBe('400 ResourceNotFoundException: The specified transformer does not exist.')
})

test('metric filters see transformed events where they ask for it', async () => {
  const house = await ArrivalHouse.open(telemetry)
  const { called } = house
  await called.run('PutTransformer', { logGroupIdentifier: 'g', transformerConfig: CONFIG })
  const filter = (filterName: string, applyOnTransformedLogs: boolean) =>
    called.run('PutMetricFilter', {
      logGroupName: 'g', filterName, filterPattern: '{ $.took > 5 }', applyOnTransformedLogs,
      metricTransformations: [{ metricName: filterName, metricNamespace: 'N', metricValue: '$.took' }],
    })
  await filter('transformed', true)
  await filter('plain', false)
  await called.put('g', 's', [[0, 'level=INFO took=7'], [1, '{"took":9}'], [2, 'took=1']])
  const taken = house.taken().join('\n')
  expect(taken).toMatch(/N transformed.*7/)
  expect(taken).toMatch(/N plain.*9/)
  expect(taken).not.toMatch(/N plain.*7/)
  expect(await called.messages('FilterLogEvents', { logGroupName: 'g' })).toEqual(['level=INFO took=7', '{"took":9}', 'took=1'])
})

test('Logs Insights sees the fields of transformed events, and the messages as they came', async () => {
  const called = await CalledLogs.open(telemetry)
  await called.group('g', 's')
  await called.group('plain', 's')
  const now = Math.floor(called.clock.now() / 1000)
  const query = async (queryString: string): Promise<readonly object[]> => {
    const { queryId } = await called.run<{ queryId: string }>('StartQuery', { logGroupNames: ['g', 'plain'], startTime: now - 600, endTime: now + 600, queryString })
    await called.searcher.finished(queryId)
    const { results } = await called.run<{ results: readonly (readonly { readonly field: string; readonly value: string }[])[] }>('GetQueryResults', { queryId })
    return results.map(row => Object.fromEntries(row.filter(({ field }) => field !== '@ptr').map(({ field, value }) => [field, value])))
  }
  await called.put('g', 's', [[0, 'level=OLD took=1']])
  expect(await query('fields level')).toEqual([{}])
  const grok = { grok: { match: 'level=%{WORD:level} took=%{NUMBER:took:integer}(?: id=%{NOTSPACE:id})?' } }
  await called.run('PutTransformer', { logGroupIdentifier: 'g', transformerConfig: [grok, { lowerCaseString: { withKeys: ['level'] } }] })
  await called.put('g', 's', [[1, 'level=INFO took=7'], [2, 'nothing to read'], [3, 'level=ERROR took=9']])
  await called.put('plain', 's', [[4, '{"level":"info","took":"5"}']])
  expect(await query('fields level, took, @message, @transformationError | sort @timestamp')).toEqual([
    { '@message': 'level=OLD took=1' },
    { level: 'info', took: '7', '@message': 'level=INFO took=7' },
    { '@message': 'nothing to read', '@transformationError': 'The log event could not be transformed' },
    { level: 'error', took: '9', '@message': 'level=ERROR took=9' },
    { level: 'info', took: '5', '@message': '{"level":"info","took":"5"}' },
  ])
  expect(await query('filter level = "info" | stats sum(took) as s')).toEqual([{ s: '12' }])
  expect(await query('filter ispresent(@transformationError) | stats count(*) as c')).toEqual([{ c: '1' }])
  // What is unlike in every event is read out of what the transformer made.
  await called.put('g', 's', Array.from({ length: 250 }, (_, index) => [10 + index, `level=INFO took=1 id=ID-${index}`] as const))
  expect(await query('filter id = "ID-77" | display id, took, @message')).toEqual([{ id: 'ID-77', took: '1', '@message': 'level=INFO took=1 id=ID-77' }])
  expect(await query('filter id in ["ID-1", "ID-2"] | stats count(*) as c by level')).toEqual([{ level: 'info', c: '2' }])
  await called.run('DeleteTransformer', { logGroupIdentifier: 'g' })
  await called.put('g', 's', [[300, 'level=LAST took=1']])
  expect(await query('filter @message like "LAST" | fields level, @message')).toEqual([{ '@message': 'level=LAST took=1' }])
  expect(await query('filter level = "error" | stats count(*) as c')).toEqual([{ c: '1' }])
})

test.each([
  [[{ addKeys: { entries: [{ key: 'a', value: 'b' }] } }], /^400 InvalidParameterException: Transformer config should begin with parser\. Allowed parsers are parsePostgres, .*, parseKeyValue$/],
  [[{ parseToOCSF: { eventSource: 'CloudTrail', ocsfVersion: 'V1.1' } }], 'The processor parseToOCSF is not supported.'],
  [[{ grok: { match: '%{NOBODY:a}' } }], "No definition for key 'NOBODY' found"],
  [[{ grok: { match: 'x'.repeat(513) } }], /'transformerConfig.1.member.grok.match' failed to satisfy constraint: Member must have length less than or equal to 512/],
  [[{ parseJSON: {} }, { deleteKeys: {} }], /withKeys' failed to satisfy constraint: Member must not be null/],
  [[], /length greater than or equal to 1/],
])('a transformer is refused: %j', async (transformerConfig, message) => {
  const called = await CalledLogs.open(telemetry)
  await called.group('g', 's')
  const refused = typeof message === 'string' ? `400 InvalidParameterException: ${message}` : message
  expect(await called.refusal('PutTransformer', { logGroupIdentifier: 'g', transformerConfig }))[typeof refused === 'string' ? 'toBe' : 'toMatch'](refused as never)
})
