import { describe, expect, it } from 'vitest'
import { region } from '../../base/tenancy.ts'
import { seconds } from '../../base/time.ts'
import { alarmRecord, at, tenant, topic } from './alarm.test-support.ts'
import { alarmMessage, alarmSubject, messageJson } from './notification.ts'
import { regionName } from './region-name.ts'
import { datapointTime, spokenTime } from './time-text.ts'

const before = alarmRecord()
const updatedAt = at('2025-02-02T12:06:35.472Z')

describe('the message for machines', () => {
  it('has the members of AWS, in their order', () => {
    const tokyo = { ...tenant, region: region('ap-northeast-1') }
    const record = alarmRecord({ tenant: tokyo, datapointsToAlarm: 1, treatMissingData: 'ignore', alarmActions: [topic] }, { value: 'ALARM', reason: 'because "x"', updatedAt })
    expect(messageJson(record, before)).toBe(
      '{"AlarmName":"cpu","AlarmDescription":null,"AWSAccountId":"123456789012","AlarmConfigurationUpdatedTimestamp":"2025-02-02T11:48:52.788+0000","NewStateValue":"ALARM","NewStateReason":"because \\"x\\"","StateChangeTime":"2025-02-02T12:06:35.472+0000","Region":"Asia Pacific (Tokyo)","AlarmArn":"arn:aws:cloudwatch:us-east-1:123456789012:alarm:cpu","OldStateValue":"OK","ActionExecutedAfterMuteWindow":false,"OKActions":[],"AlarmActions":["arn:aws:sns:us-east-1:123456789012:ops"],"InsufficientDataActions":[],"Trigger":{"MetricName":"Latency","Namespace":"App","StatisticType":"Statistic","Statistic":"AVERAGE","Unit":null,"Dimensions":[{"value":"abc","name":"InstanceId"}],"Period":60,"EvaluationPeriods":1,"DatapointsToAlarm":1,"ComparisonOperator":"GreaterThanThreshold","Threshold":21.0,"TreatMissingData":"ignore","EvaluateLowSampleCountPercentile":""}}',
    )
  })
  it.each([
    ['Sum', '"StatisticType":"Statistic","Statistic":"SUM"'],
    ['SampleCount', '"StatisticType":"Statistic","Statistic":"SAMPLE_COUNT"'],
    ['p99', '"StatisticType":"ExtendedStatistic","ExtendedStatistic":"p99"'],
    ['TM(10%:90%)', '"StatisticType":"ExtendedStatistic","ExtendedStatistic":"TM(10%:90%)"'],
  ])('%s is %s', (statistic, text) => expect(messageJson(alarmRecord({ statistic }), before)).toContain(text))
  it('leaves out DatapointsToAlarm where it was never set', () => expect(messageJson(alarmRecord(), before)).not.toContain('DatapointsToAlarm'))
})

describe('the subject', () => {
  it('names state, alarm and region', () => {
    expect(alarmSubject(alarmRecord({}, { value: 'ALARM' }))).toBe('ALARM: "cpu" in US East (N. Virginia)')
  })
  it.each(['ALARM', 'OK', 'INSUFFICIENT_DATA'] as const)('%s: a long name is shortened, the rest is not', value => {
    const subject = alarmSubject(alarmRecord({ name: '🔥'.repeat(100) }, { value }))
    expect(subject.length).toBeLessThanOrEqual(100)
    expect(subject).toMatch(/🔥\.\.\." in US East \(N\. Virginia\)$/u)
    expect(subject.isWellFormed()).toBe(true)
  })
  it('fits whatever a region is called', () => {
    const record = alarmRecord({ name: 'n'.repeat(255), tenant: { ...tenant, region: region('r'.repeat(64)) } }, { value: 'INSUFFICIENT_DATA' })
    expect(alarmSubject(record).length).toBeLessThanOrEqual(100)
  })
})

it('the email, as AWS writes it', () => {
  const record = alarmRecord(
    {
      name: 'high latency',
      description: 'Too slow',
      comparison: 'GreaterThanThreshold',
      threshold: 10,
      datapointsToAlarm: 2,
      evaluationPeriods: 2,
      period: seconds(60),
      alarmActions: [topic],
      metric: { namespace: 'App', name: 'Latency', dimensions: [{ name: 'A', value: 'b' }, { name: 'C', value: 'd' }] },
    },
    { value: 'ALARM', reason: 'Threshold Crossed: …', updatedAt: at('2019-08-05T17:04:03Z') },
  )
  expect(alarmMessage(record, before, 'https://tocsin.example/alarms/high%20latency').bodies.email).toBe(
    `You are receiving this email because your Amazon CloudWatch Alarm "high latency" in the US East (N. Virginia) region has entered the ALARM state, because "Threshold Crossed: …" at "Monday 05 August, 2019 17:04:03 UTC".

View this alarm in the console:
https://tocsin.example/alarms/high%20latency

Alarm Details:
- Name:                       high latency
- Description:                Too slow
- State Change:               OK -> ALARM
- Reason for State Change:    Threshold Crossed: …
- Timestamp:                  Monday 05 August, 2019 17:04:03 UTC
- AWS Account:                123456789012
- Alarm Arn:                  arn:aws:cloudwatch:us-east-1:123456789012:alarm:high latency

Threshold:
- The alarm is in the ALARM state when the metric is GreaterThanThreshold 10.0 for at least 2 of the last 2 period(s) of 60 seconds.${' '}

Monitored Metric:
- MetricNamespace:                     App
- MetricName:                          Latency
- Dimensions:                          [A = b], [C = d]
- Period:                              60 seconds
- Statistic:                           Average
- Unit:                                not specified
- TreatMissingData:                    missing


State Change Actions:
- OK:${' '}
- ALARM: [arn:aws:sns:us-east-1:123456789012:ops]
- INSUFFICIENT_DATA:${' '}
`,
  )
})

it('the text message is the subject', () => {
  const { subject, bodies } = alarmMessage(alarmRecord({}, { value: 'ALARM' }), before, 'https://x')
  expect(bodies.sms).toBe(subject)
})

it('regions', () => {
  expect(regionName(region('eu-west-1'))).toBe('EU (Ireland)')
  expect(regionName(region('eu-south-2'))).toBe('Europe (Spain)')
  expect(regionName(region('lab-1'))).toBe('lab-1')
  expect(regionName(region('constructor'))).toBe('constructor')
})

it('times', () => {
  expect(spokenTime(at('2022-07-22T15:57:45.394Z'))).toBe('Friday 22 July, 2022 15:57:45 UTC')
  expect(datapointTime((at('2019-10-02T16:59:00Z') / 1000) as never)).toBe('02/10/19 16:59:00')
})
