import { describe, expect, it } from 'vitest'
import type { Alarm, AlarmContributor, AlarmRecord, AlarmState, TagsPropagation } from '../../model/alarm.ts'
import { alarmState, at, bandAlarm, compositeAlarm, expressionAlarm, metricAlarm, promqlAlarm, topic } from './alarm.test-support.ts'
import { triggeringAlarmsData } from './composite-reason.ts'
import { configurationChangeEvent, contributorStateChangeEvent, stateChangeEvent } from './event.ts'
import { alarmFacts } from './facts.ts'
import { actionItem, createdItem, DATA_LIMIT, stateUpdateItem } from './history.ts'
import type { MessageOccasion } from './message-occasion.ts'
import { alarmMessage, messageJson } from './notification.ts'

/** What the texts say of alarms that do not watch one metric; those that do are in the tests of each text. */

const updatedAt = at('2025-02-02T12:06:35.472Z')
const record = (alarm: Alarm, state: Partial<AlarmState> = {}): AlarmRecord => ({
  alarm, state: alarmState({ value: 'ALARM', reason: 'because', updatedAt, ...state }),
})
const before = (alarm: Alarm): AlarmRecord => ({ alarm, state: alarmState() })
const child = 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:a'
const children = triggeringAlarmsData([{ arn: child, value: 'ALARM', at: at('2025-02-02T12:06:30Z') }])
const contributor: AlarmContributor = {
  id: '6d442278dba546f6', attributes: { InstanceId: 'i-1' }, value: 'ALARM', reason: 'because', transitionedAt: updatedAt, turningSince: undefined,
}
const uuid = () => 'an-id'

describe('the message for machines', () => {
  const message = (alarm: Alarm, state: Partial<AlarmState> = {}, occasion: MessageOccasion = {}) =>
    messageJson(record(alarm, state), before(alarm), occasion).slice('{"AlarmName":"cpu","AlarmDescription":null,"AWSAccountId":"123456789012",'.length)
  const middle = (reason = '"NewStateReason":"because",') =>
    `"NewStateValue":"ALARM",${reason}"StateChangeTime":"2025-02-02T12:06:35.472+0000","Region":"US East (N. Virginia)","AlarmArn":"arn:aws:cloudwatch:us-east-1:123456789012:alarm:cpu","OldStateValue":"OK",`
  const configured = '"AlarmConfigurationUpdatedTimestamp":"2025-02-02T11:48:52.788+0000",'
  const actions = '"OKActions":[],"AlarmActions":[],"InsufficientDataActions":[],'
  const stored = (id: string, returns = false) =>
    `{"Id":"${id}","MetricStat":{"Metric":{"Dimensions":[],"MetricName":"${id}","Namespace":"App"},"Period":60,"Stat":"Sum"},"ReturnData":${returns}}`

  it.each<readonly [string, string, string]>([
    ['math', message(expressionAlarm({ datapointsToAlarm: 1 })),
      `${configured}${middle()}"ActionExecutedAfterMuteWindow":false,${actions}"Trigger":{"Period":60,"EvaluationPeriods":1,"DatapointsToAlarm":1,"ComparisonOperator":"GreaterThanThreshold","Threshold":0.5,"TreatMissingData":"","EvaluateLowSampleCountPercentile":"","Metrics":[{"Expression":"m1 / m2","Id":"e1","Label":"Error rate","ReturnData":true},${stored('m1')},${stored('m2')}]}}`],
    ['a band', message(bandAlarm()),
      `${configured}${middle()}"ActionExecutedAfterMuteWindow":false,${actions}"Trigger":{"Period":60,"EvaluationPeriods":1,"ComparisonOperator":"LessThanLowerOrGreaterThanUpperThreshold","ThresholdMetricId":"ad1","TreatMissingData":"","EvaluateLowSampleCountPercentile":"","Metrics":[${stored('m1', true)},{"Expression":"ANOMALY_DETECTION_BAND(m1, 2)","Id":"ad1","ReturnData":true}]}}`],
    ['PromQL, of one series: without a reason', message(promqlAlarm(), {}, { contributor }),
      `${configured}${middle('')}"ActionExecutedAfterMuteWindow":false,"AlarmContributorId":"6d442278dba546f6","AlarmContributorAttributes":{"InstanceId":"i-1"},${actions}"Trigger":{"EvaluationInterval":30,"EvaluationCriteria":{"PromQLCriteria":{"Query":"up == 0","PendingPeriod":120,"RecoveryPeriod":60}}}}`],
    ['composite, after a mute', message(compositeAlarm(), { reasonData: children }, { afterMuteWindow: true }),
      `${middle()}"ActionExecutedAfterMuteWindow":true,${actions}"AlarmRule":"ALARM(a) OR ALARM(b)","TriggeringChildren":[{"Arn":"${child}","State":{"Value":"ALARM","Timestamp":"2025-02-02T12:06:30.000+0000"}}]}`],
  ])('%s', (_, text, expected) => expect(text).toBe(expected))

  it('one series of an expression keeps its reason', () =>
    expect(message(expressionAlarm(), {}, { contributor })).toContain('"NewStateReason":"because"'))
})

describe('the email', () => {
  const email = (alarm: Alarm, state: Partial<AlarmState> = {}, occasion: MessageOccasion = {}) =>
    alarmMessage(record(alarm, state), before(alarm), 'https://tocsin.example', occasion).bodies.email
  it('composite', () => {
    const text = email(compositeAlarm(), { reasonData: children })
    expect(text).toMatch(/^You are receiving this email because your Amazon CloudWatch Alarm "cpu" in the US East \(N\. Virginia\) region has transitioned to ALARM state on Sunday 02 February, 2025 12:06:35 UTC, because "because"\.\n/)
    expect(text).toContain('\n- Alarm Rule:                 ALARM(a) OR ALARM(b)\n')
    expect(text).toContain(`\nTriggering children (max. 10):\n- ${child} is in the ALARM state since Sunday 02 February, 2025 12:06:30 UTC\n`)
  })
  it.each<readonly [string, string, readonly string[]]>([
    ['math', email(expressionAlarm()), [
      'when the metric is GreaterThanThreshold 0.5 for at least 1 of the last 1 period(s) of 60 seconds.', 'Monitored Metrics:',
      '- MetricExpression e1 (Error rate):    m1 / m2', '- Metric m1:                           App m1', '- Statistic:                           Sum',
      '- TreatMissingData:                    missing',
    ]],
    ['a band', email(bandAlarm()), ['when the metric is LessThanLowerOrGreaterThanUpperThreshold ad1 for', '- MetricExpression ad1:                ANOMALY_DETECTION_BAND(m1, 2)']],
    ['PromQL', email(promqlAlarm()), ['Query:\n- The alarm is in the ALARM state when the query returns a time series for at least 120 seconds.\n- up == 0']],
    ['one series', email(expressionAlarm(), {}, { contributor }), ['- Contributor:                [InstanceId = i-1]']],
    ['DynamoDB', email(metricAlarm({ metric: { namespace: 'AWS/DynamoDB', name: 'x', dimensions: [] } })), ['- TreatMissingData:                    ignore']],
  ])('%s', (_, text, parts) => {
    for (const part of parts) expect(text).toContain(part)
  })
})

describe('history', () => {
  const created = (alarm: Alarm) => (JSON.parse(createdItem(record(alarm)).data) as { readonly createdAlarm: unknown }).createdAlarm
  it.each<readonly [string, Alarm, string, object]>([
    ['math', expressionAlarm({ treatMissingData: 'ignore' }), 'MetricAlarm', {
      metrics: [
        { id: 'e1', expression: 'm1 / m2', label: 'Error rate', returnData: true },
        { id: 'm1', metricStat: { metric: { namespace: 'App', metricName: 'm1', dimensions: [] }, period: 60, stat: 'Sum' }, returnData: false },
        { id: 'm2' },
      ],
      threshold: 0.5, comparisonOperator: 'GreaterThanThreshold', evaluationPeriods: 1, treatMissingData: 'ignore',
    }],
    ['a band', bandAlarm(), 'MetricAlarm', { thresholdMetricId: 'ad1', comparisonOperator: 'LessThanLowerOrGreaterThanUpperThreshold' }],
    ['PromQL', promqlAlarm(), 'MetricAlarm', {
      evaluationCriteria: { promQLCriteria: { query: 'up == 0', pendingPeriod: 120, recoveryPeriod: 60 } }, evaluationInterval: 30,
    }],
    ['composite', compositeAlarm({ suppressor: { alarm: 's', waitPeriod: 1 as never, extensionPeriod: 2 as never } }), 'CompositeAlarm', {
      alarmRule: 'ALARM(a) OR ALARM(b)', actionsSuppressor: 's', actionsSuppressorWaitPeriod: 1, actionsSuppressorExtensionPeriod: 2,
    }],
  ])('%s', (_, alarm, type, expected) => {
    expect(createdItem(record(alarm)).alarmType).toBe(type)
    expect(created(alarm)).toMatchObject(expected)
  })
  it.each([promqlAlarm({ query: 'q'.repeat(10_000) }), compositeAlarm({ rule: 'r'.repeat(10_240) })])('a long definition stays within the limits', alarm => {
    const { data } = createdItem(record(alarm))
    expect(data.length).toBeLessThanOrEqual(DATA_LIMIT)
    expect(JSON.parse(data)).toMatchObject({ createdAlarm: { alarmName: 'cpu', stateValue: 'ALARM' } })
  })
  it('carry the tags that the alarm propagates', () => {
    const tags = { team: 'payments', env: 'prod', 'aws:cloudformation:stack-name': 's' }
    const told = (tagsPropagation: TagsPropagation | undefined, read: object | undefined = tags) => {
      const alarm = metricAlarm(tagsPropagation === undefined ? {} : { tagsPropagation })
      const { alarmTags, alarmTagsStatus } = stateChangeEvent(record(alarm), before(alarm), uuid, { tags: read as typeof tags }).detail
      return [alarmTags, alarmTagsStatus]
    }
    expect(told({ enabled: true })).toEqual([{ env: 'prod', team: 'payments' }, 'SUCCESS'])
    expect(told({ enabled: true, included: ['team', 'aws:cloudformation:stack-name'] })).toEqual([{ team: 'payments' }, 'SUCCESS'])
    expect(told({ enabled: true, excluded: ['team'] })).toEqual([{ env: 'prod' }, 'SUCCESS'])
    expect(told({ enabled: true, included: ['Team'] })).toEqual([{}, 'SUCCESS'])
    expect(told({ enabled: false })).toEqual([undefined, undefined])
    expect(told(undefined)).toEqual([undefined, undefined])
    const alarm = metricAlarm({ tagsPropagation: { enabled: true } })
    expect(stateChangeEvent(record(alarm), before(alarm), uuid).detail).toMatchObject({ alarmTagsStatus: 'FAILURE' })
  })
  it('of one series', () => {
    const { alarm, state } = record(expressionAlarm())
    const who = { id: contributor.id, attributes: contributor.attributes }
    expect(stateUpdateItem(alarm, alarmState(), state, contributor)).toMatchObject({ type: 'AlarmContributorStateUpdate', summary: 'Alarm contributor updated from OK to ALARM', contributor: who })
    expect(actionItem(alarm, state, topic, undefined, undefined, contributor)).toMatchObject({ type: 'AlarmContributorAction', contributor: who })
    expect(actionItem(alarm, state, topic, undefined, undefined)).not.toHaveProperty('contributor')
  })
})

describe('events', () => {
  const configuration = (alarm: Alarm) => stateChangeEvent(record(alarm), before(alarm), uuid).detail.configuration
  it.each<readonly [string, Alarm, object]>([
    ['one metric', metricAlarm({ description: 'd' }), {
      description: 'd',
      metrics: [{ id: 'an-id', metricStat: { metric: { namespace: 'App', name: 'Latency', dimensions: { InstanceId: 'abc' } }, period: 60, stat: 'Average' }, returnData: true }],
    }],
    ['math', expressionAlarm(), { metrics: [
      { id: 'e1', expression: 'm1 / m2', label: 'Error rate', returnData: true },
      { id: 'm1', metricStat: { metric: { namespace: 'App', name: 'm1', dimensions: {} }, period: 60, stat: 'Sum' }, returnData: false },
      { id: 'm2', metricStat: { metric: { namespace: 'App', name: 'm2', dimensions: {} }, period: 60, stat: 'Sum' }, returnData: false },
    ] }],
    ['PromQL', promqlAlarm(), { evaluationCriteria: { promQLCriteria: { query: 'up == 0', pendingPeriod: 120, recoveryPeriod: 60 } }, evaluationInterval: 30 }],
    ['composite', compositeAlarm(), { alarmRule: 'ALARM(a) OR ALARM(b)' }],
  ])('%s', (_, alarm, expected) => expect(configuration(alarm)).toEqual(expected))

  it('say how the evaluation went, what holds the actions back and what mutes them', () => {
    const alarm = compositeAlarm()
    const mute = { mutedByArn: 'arn', muteWindowStart: 'a', muteWindowEnd: 'b' }
    const suppression = { by: 'WaitPeriod', since: updatedAt, until: updatedAt } as const
    const { detail } = stateChangeEvent(record(alarm, { evaluation: 'PARTIAL_DATA', suppression }), before(alarm), uuid, { mute })
    expect(detail).toMatchObject({
      state: { evaluationState: 'PARTIAL_DATA', actionsSuppressedBy: 'WaitPeriod', actionsSuppressedReason: 'Actions suppressed by WaitPeriod' },
      previousState: { value: 'OK', timestamp: '2025-02-02T11:50:00.000+0000' },
      muteDetail: mute,
    })
  })
  it('of one series', () => {
    const alarm = expressionAlarm()
    expect(contributorStateChangeEvent(record(alarm), before(alarm), contributor, uuid)).toMatchObject({
      'detail-type': 'CloudWatch Alarm Contributor State Change',
      resources: [alarm.arn],
      detail: { alarmName: 'cpu', alarmContributor: { id: '6d442278dba546f6', attributes: { InstanceId: 'i-1' } }, state: { value: 'ALARM' } },
    })
  })
  it('of definitions', () => {
    const alarm = metricAlarm({ alarmActions: [topic] })
    const band = bandAlarm()
    const updated = configurationChangeEvent('update', record(alarm), before(band), updatedAt, uuid)
    expect(updated).toMatchObject({
      'detail-type': 'CloudWatch Alarm Configuration Change',
      time: '2025-02-02T12:06:35Z',
      detail: {
        alarmName: 'cpu', operation: 'update', state: { value: 'ALARM', timestamp: '2025-02-02T12:06:35.472+0000' },
        configuration: {
          evaluationPeriods: 1, threshold: 21, comparisonOperator: 'GreaterThanThreshold', treatMissingData: 'missing', alarmName: 'cpu',
          actionsEnabled: true, timestamp: '2025-02-02T11:48:52.788+0000', okActions: [], alarmActions: [topic], insufficientDataActions: [], metrics: [{ id: 'an-id' }],
        },
        previousConfiguration: { thresholdMetricId: 'ad1', metrics: [{ id: 'm1' }, { id: 'ad1' }] },
      },
    })
    expect(configurationChangeEvent('create', record(alarm), before(band), updatedAt, uuid).detail).not.toHaveProperty('previousConfiguration')
    expect(configurationChangeEvent('delete', record(compositeAlarm()), undefined, updatedAt, uuid).detail.configuration).not.toHaveProperty('evaluationPeriods')
  })
})

describe('what messages to people know', () => {
  const facts = (alarm: Alarm, state: Partial<AlarmState> = {}, one?: AlarmContributor) => alarmFacts(record(alarm, state), before(alarm), {}, one)
  const bandData = (lower: string, upper: string) =>
    `{"recentLowerThresholds":${lower},"recentUpperThresholds":${upper},"evaluatedDatapoints":[{"timestamp":"2025-02-02T12:05:00.000+0000","value":5},{"timestamp":"2025-02-02T12:04:00.000+0000"},{"timestamp":"2025-02-02T12:03:00.000+0000","value":1.5},{"timestamp":"2025-02-02T12:02:00.000+0000","value":0}]}`
  it.each<readonly [string, ReturnType<typeof facts>, object]>([
    ['math', facts(expressionAlarm()), { metric: undefined, formula: { kind: 'expression', text: 'm1 / m2', label: 'Error rate' }, threshold: 0.5, period: 60 }],
    ['a band around a metric', facts(bandAlarm(), { reasonData: bandData('[1,1,1]', '[2,2,3]') }), {
      metric: { name: 'm1' }, statistic: 'Sum', threshold: undefined, comparison: 'LessThanLowerOrGreaterThanUpperThreshold', band: { lower: 1, upper: 3 },
      value: 5, recent: [0, 1.5, null, 5], since: at('2025-02-02T12:02:00Z'),
    }],
    ['only above it', facts(bandAlarm({ limit: { kind: 'band', comparison: 'GreaterThanUpperThreshold', metricId: 'ad1' } }), { reasonData: bandData('[1,1,1]', '[2,2,3]') }), { since: at('2025-02-02T12:05:00Z') }],
    ['only below it', facts(bandAlarm({ limit: { kind: 'band', comparison: 'LessThanLowerThreshold', metricId: 'ad1' } }), { reasonData: bandData('[null,2,1]', '[]') }), { since: at('2025-02-02T12:03:00Z'), band: { lower: 1, upper: undefined } }],
    ['PromQL', facts(promqlAlarm(), {}, contributor), { formula: { kind: 'query', text: 'up == 0' }, comparison: undefined, contributor: { InstanceId: 'i-1' }, since: updatedAt }],
    ['composite', facts(compositeAlarm(), { reasonData: children }), { formula: { kind: 'rule', text: 'ALARM(a) OR ALARM(b)' }, children: [{ name: 'a', state: 'ALARM' }], value: undefined, recent: [] }],
  ])('%s', (_, known, expected) => expect(known).toMatchObject(expected))
})
