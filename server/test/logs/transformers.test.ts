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

test.each([
  [[{ addKeys: { entries: [{ key: 'a', value: 'b' }] } }], 'The first processor in a transformer must be a parser.'],
  [[{ parseToOCSF: { eventSource: 'CloudTrail', ocsfVersion: 'V1.1' } }], 'The processor parseToOCSF is not supported.'],
  [[{ grok: { match: '%{NOBODY:a}' } }], 'The grok pattern %{NOBODY:a} is not supported.'],
  [[{ grok: { match: 'x'.repeat(513) } }], /'transformerConfig.1.member.grok.match' failed to satisfy constraint: Member must have length less than or equal to 512/],
  [[{ parseJSON: {} }, { deleteKeys: {} }], /withKeys' failed to satisfy constraint: Member must not be null/],
  [[], /length greater than or equal to 1/],
])('a transformer is refused: %j', async (transformerConfig, message) => {
  const called = await CalledLogs.open(telemetry)
  await called.group('g', 's')
  const refused = typeof message === 'string' ? `400 InvalidParameterException: ${message}` : message
  expect(await called.refusal('PutTransformer', { logGroupIdentifier: 'g', transformerConfig }))[typeof refused === 'string' ? 'toBe' : 'toMatch'](refused as never)
})
