import { describe, expect, it } from 'vitest'
import { seconds } from '../../base/time.ts'
import { alarmRecord, alarmState, at, metricAlarm, topic } from './alarm.test-support.ts'
import { actionItem, createdItem, DATA_LIMIT, deletedItem, stateUpdateItem, SUMMARY_LIMIT, updatedItem } from './history.ts'

describe('ConfigurationUpdate', () => {
  const configuredAt = at('2022-11-02T15:55:30.959Z')
  const record = alarmRecord(
    {
      name: 'WriteThrottleEvents',
      description: 'API Alarm cretion Test',
      configuredAt,
      metric: {
        namespace: 'AWS/DynamoDB',
        name: 'WriteThrottleEvents',
        dimensions: [{ name: 'Operation', value: 'PutItem' }, { name: 'TableName', value: 'History' }],
      },
      statistic: 'Sum',
      threshold: 1,
      comparison: 'GreaterThanOrEqualToThreshold',
      alarmActions: [topic],
    },
    { value: 'INSUFFICIENT_DATA', updatedAt: configuredAt },
  )

  it('created, member for member as recorded from AWS', () => {
    const item = createdItem(record)
    expect(item).toMatchObject({ type: 'ConfigurationUpdate', alarmType: 'MetricAlarm', at: configuredAt, summary: 'Alarm "WriteThrottleEvents" created' })
    expect(item.data).toBe(
      '{"version":"1.0","type":"Create","createdAlarm":{"alarmName":"WriteThrottleEvents","alarmDescription":"API Alarm cretion Test","alarmArn":"arn:aws:cloudwatch:us-east-1:123456789012:alarm:WriteThrottleEvents","alarmConfigurationUpdatedTimestamp":"2022-11-02T15:55:30.959+0000","namespace":"AWS/DynamoDB","metricName":"WriteThrottleEvents","statistic":"Sum","period":60,"dimensions":[{"value":"PutItem","name":"Operation"},{"value":"History","name":"TableName"}],"threshold":1.0,"comparisonOperator":"GreaterThanOrEqualToThreshold","evaluationPeriods":1,"stateValue":"INSUFFICIENT_DATA","stateUpdatedTimestamp":"2022-11-02T15:55:30.959+0000","actionsEnabled":true,"alarmActions":["arn:aws:sns:us-east-1:123456789012:ops"],"insufficientDataActions":[],"okactions":[]}}',
    )
  })
  it('datapointsToAlarm and treatMissingData stand where AWS has them', () => {
    const { data } = createdItem(alarmRecord({ datapointsToAlarm: 1, treatMissingData: 'missing', period: seconds(21600), statistic: 'p99' }))
    expect(data).toContain('"extendedStatistic":"p99","period":21600,')
    expect(data).toContain('"evaluationPeriods":1,"datapointsToAlarm":1,"treatMissingData":"missing","stateValue"')
  })
  it.each([
    ['updated', updatedItem(record), '"type":"Update","updatedAlarm":{"alarmName"'],
    ['deleted', deletedItem(record, at('2023-01-01T00:00:00Z')), '"type":"Delete","deletedAlarm":{"alarmName"'],
  ])('%s', (verb, item, data) => {
    expect(item.summary).toBe(`Alarm "WriteThrottleEvents" ${verb}`)
    expect(item.data).toContain(data)
  })
  it('a deletion happens when it happens', () => expect(deletedItem(record, at('2023-01-01T00:00:00Z')).at).toBe(at('2023-01-01T00:00:00Z')))
  it('the largest legal alarm stays within the limits, as JSON', () => {
    const item = createdItem(
      alarmRecord({
        name: 'n'.repeat(255),
        description: 'd'.repeat(1024),
        metric: {
          namespace: 's'.repeat(255),
          name: 'm'.repeat(255),
          dimensions: Array.from({ length: 30 }, (_, i) => ({ name: `${i}`.padEnd(255, 'n'), value: 'v'.repeat(1024) })),
        },
        okActions: Array<string>(5).fill(topic.padEnd(1024, 'x')),
        alarmActions: Array<string>(5).fill(topic.padEnd(1024, 'x')),
      }),
    )
    expect(item.summary.length).toBeLessThanOrEqual(SUMMARY_LIMIT)
    expect(item.summary).toMatch(/" created$/)
    expect(item.data.length).toBeLessThanOrEqual(DATA_LIMIT)
    expect(JSON.parse(item.data)).toMatchObject({ createdAlarm: { alarmName: 'n'.repeat(255), threshold: 21 } })
  })
})

describe('StateUpdate', () => {
  const next = alarmState({ value: 'ALARM', reason: 'Threshold Crossed', reasonData: '{"version":"1.0","threshold":1.0}', updatedAt: at('2025-02-02T12:06:35.472Z') })

  it('embeds the reason data as objects, numbers as they were written', () => {
    const item = stateUpdateItem(metricAlarm(), alarmState(), next)
    expect(item).toMatchObject({ type: 'StateUpdate', summary: 'Alarm updated from OK to ALARM', at: next.updatedAt })
    expect(item.data).toBe(
      '{"version":"1.0","oldState":{"stateValue":"OK","stateReason":"Unchecked: Initial alarm creation"},"newState":{"stateValue":"ALARM","stateReason":"Threshold Crossed","stateReasonData":{"version":"1.0","threshold":1.0}}}',
    )
  })
  it('two large reasons: the new one keeps its newest datapoints', () => {
    const points = Array.from({ length: 60 }, (_, i) => `{"timestamp":"${i}","value":1.0}`).join(',')
    const large = (mark: string) => `{"version":"1.0","mark":"${mark}","pad":"${'p'.repeat(1800)}","evaluatedDatapoints":[${points}]}`
    const item = stateUpdateItem(
      metricAlarm(),
      alarmState({ reason: 'o'.repeat(500), reasonData: large('old') }),
      alarmState({ ...next, reason: 'n'.repeat(500), reasonData: large('new') }),
    )
    expect(item.data.length).toBeLessThanOrEqual(DATA_LIMIT)
    expect(JSON.parse(item.data)).toMatchObject({ newState: { stateReasonData: { mark: 'new' } } })
    expect((JSON.parse(item.data) as { newState: { stateReasonData: { evaluatedDatapoints: unknown[] } } }).newState.stateReasonData.evaluatedDatapoints[0]).toEqual({ timestamp: '0', value: 1 })
  })
  it.each(['"'.repeat(1023), '\u0001'.repeat(1023), '🔥'.repeat(511)])('the longest reasons stay within the limits, as JSON', reason => {
    const { data } = stateUpdateItem(metricAlarm(), alarmState({ reason }), { ...next, reason })
    expect(data.length).toBeLessThanOrEqual(DATA_LIMIT)
    expect(JSON.parse(data)).toMatchObject({ newState: { stateValue: 'ALARM' } })
  })
})

describe('Action', () => {
  const state = alarmState({ updatedAt: at('2022-11-06T17:23:53.486Z') })

  it('succeeded', () => {
    const item = actionItem(metricAlarm(), state, topic, { text: JSON.stringify({ default: '{}', sms: 's', email: 'e' }), machines: '{}' }, undefined)
    expect(item).toMatchObject({ type: 'Action', summary: `Successfully executed action ${topic}` })
    expect(item.data).toBe(
      `{"actionState":"Succeeded","stateUpdateTimestamp":1667755433486,"notificationResource":"${topic}","publishedMessage":"{\\"default\\":\\"{}\\",\\"sms\\":\\"s\\",\\"email\\":\\"e\\"}","error":null}`,
    )
  })
  it('failed', () => {
    const item = actionItem(metricAlarm(), state, topic, undefined, 'Topic does not exist')
    expect(item.summary).toBe(`Failed to execute action ${topic}. Received error: "Topic does not exist"`)
    expect(JSON.parse(item.data)).toMatchObject({ actionState: 'Failed', publishedMessage: null, error: 'Topic does not exist' })
  })
  it.each([
    ['keeps the message for machines when all does not fit', { default: 'd', sms: 's', email: 'e'.repeat(5000) }, '{"default":"d"}'],
    ['keeps no message when none fits', { default: 'd'.repeat(5000), sms: 's', email: 'e' }, null],
  ])('%s', (_, message, published) => {
    const item = actionItem(metricAlarm(), state, topic, { text: JSON.stringify(message), machines: message.default }, undefined)
    expect(item.data.length).toBeLessThanOrEqual(DATA_LIMIT)
    expect(JSON.parse(item.data)).toMatchObject({ publishedMessage: published })
  })
  it('an endless ARN stays within the limits', () => {
    const item = actionItem(metricAlarm(), state, `arn:aws:sns:us-east-1:123456789012:${'t'.repeat(1000)}`, undefined, 'e')
    expect(item.summary.length).toBeLessThanOrEqual(SUMMARY_LIMIT)
    expect(item.data.length).toBeLessThanOrEqual(DATA_LIMIT)
  })
})
