import { expect, test } from 'vitest'
import { InMemoryCloudWatch, TENANT } from './ports.test-support.ts'
import { cloudWatch } from './service.ts'

const CALLER = { kind: 'root', account: TENANT.account, accessKeyId: 'AKIATEST' } as const

const memory = new InMemoryCloudWatch()
const alarm = (name: string): string => `arn:aws:cloudwatch:eu-west-1:123456789012:alarm:${name}`

test.each<[name: string, kind: string, input: object, resources: readonly string[]]>([
  ['PutMetricData', 'data', { Namespace: 'App' }, ['*']],
  ['GetMetricStatistics', 'read', {}, ['*']],
  ['GetMetricData', 'read', {}, ['*']],
  ['ListMetrics', 'read', {}, ['*']],
  ['PutMetricAlarm', 'write', { AlarmName: 'a' }, [alarm('a')]],
  ['PutMetricAlarm', 'write', {}, [alarm('*')]],
  ['DescribeAlarms', 'read', {}, [alarm('*')]],
  ['DescribeAlarms', 'read', { AlarmNames: ['a', 'b'] }, [alarm('a'), alarm('b')]],
  ['DescribeAlarmsForMetric', 'read', {}, ['*']],
  ['DescribeAlarmHistory', 'read', {}, [alarm('*')]],
  ['DescribeAlarmHistory', 'read', { AlarmName: 'a' }, [alarm('a')]],
  ['SetAlarmState', 'write', { AlarmName: 'a' }, [alarm('a')]],
  ['EnableAlarmActions', 'write', { AlarmNames: ['a', 'b'] }, [alarm('a'), alarm('b')]],
  ['DisableAlarmActions', 'write', { AlarmNames: ['a'] }, [alarm('a')]],
  ['DeleteAlarms', 'write', { AlarmNames: [] }, [alarm('*')]],
  ['TagResource', 'write', { ResourceARN: alarm('a') }, [alarm('a')]],
  ['UntagResource', 'write', { ResourceARN: alarm('a') }, [alarm('a')]],
  ['ListTagsForResource', 'read', { ResourceARN: alarm('a') }, [alarm('a')]],
])('%s is %s and acts on what the request names', (name, kind, input, resources) => {
  const operation = memory.operation(name)
  expect([operation.kind, operation.access, operation.resources(input as never, TENANT, CALLER)]).toEqual([kind, 'signed', resources])
})

test('every operation is one of the model, listed once', () => {
  const { operations, schemas } = cloudWatch(memory.ports)
  const names = operations.map(({ name }) => name)
  expect(names.filter(name => !(`${name}$` in schemas))).toEqual([])
  expect(new Set(names).size).toBe(names.length)
})

test('policies can ask for the namespace that is published to', () => {
  const operation = memory.operation('PutMetricData')
  expect(operation.conditions?.({ Namespace: 'App' } as never)).toEqual({ 'cloudwatch:namespace': 'App' })
  expect(operation.conditions?.({} as never)).toEqual({})
})

test('PutMetricData hands its input to the sink', async () => {
  const input = { Namespace: 'App', MetricData: [{ MetricName: 'm', Value: 1 }] }
  await memory.run('PutMetricData', input)
  expect(memory.published).toEqual([input])
})
