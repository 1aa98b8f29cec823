import { describe, expect, it } from 'vitest'
import type { Arn } from '../../base/arn.ts'
import { seededEntropy } from '../../base/entropy.ts'
import type { AlarmRecord, AlarmStateValue } from '../../model/alarm.ts'
import { ActionPlanner, asItWas, topicsOf } from './actions.ts'
import { alarmRecord, at, tenant, topic } from './alarm.test-support.ts'
import { stateChangeEvent } from './event.ts'
import { alarmFacts } from './facts.ts'
import { severityOf } from './severity.ts'

const pager = `arn:aws:sns:${tenant.region}:${tenant.account}:pager`
const updatedAt = at('2025-02-02T12:06:35.472Z')
const planner = () => new ActionPlanner(seededEntropy(1), (_, name) => `https://tocsin.example/alarms/${name}`)
const none: ReadonlySet<string> = new Set()
const bodyOf = (message: string): object => JSON.parse((JSON.parse(message) as { default: string }).default) as object

const actions = { okActions: [topic], alarmActions: [topic, pager], insufficientDataActions: [] }
const inState = (value: AlarmStateValue, alarm: Parameters<typeof alarmRecord>[0] = actions): AlarmRecord => alarmRecord(alarm, { value, updatedAt })

describe('which actions run', () => {
  it.each<readonly [AlarmStateValue, AlarmStateValue, readonly string[]]>([
    ['OK', 'ALARM', [topic, pager]],
    ['INSUFFICIENT_DATA', 'ALARM', [topic, pager]],
    ['ALARM', 'OK', [topic]],
    ['ALARM', 'INSUFFICIENT_DATA', []],
    ['ALARM', 'ALARM', []],
  ])('%s → %s: %s', (from, to, topics) => {
    const { publications, history } = planner().plan(inState(to), inState(from), { tags: {}, missingTopics: none })
    expect(publications.map(publication => publication.topicArn)).toEqual(topics)
    expect(history.map(item => item.summary)).toEqual(topics.map(arn => `Successfully executed action ${arn}`))
  })
  it('none while actions are disabled', () => {
    const off = { ...actions, actionsEnabled: false }
    expect(planner().plan(inState('ALARM', off), inState('OK', off), { tags: {}, missingTopics: none })).toEqual({ history: [], publications: [] })
  })
  it.each([
    ['arn:aws:lambda:us-east-1:123456789012:function:f', 'This server cannot run actions of the service lambda'],
    ['arn:aws:automate:us-east-1:ec2:stop', 'This server cannot run actions of the service automate'],
    ['arn:aws:autoscaling:us-east-1:123456789012:scalingPolicy:p', 'This server cannot run actions of the service autoscaling'],
    ['arn:aws:ssm:us-east-1:123456789012:opsitem:1', 'This server cannot run actions of the service ssm'],
    ['arn:aws:sns:us-east-1:999999999999:theirs', 'CloudWatch Alarms is not authorized to perform: SNS:Publish on resource: arn:aws:sns:us-east-1:999999999999:theirs'],
    [pager, 'Topic does not exist'],
  ])('%s fails: %s', (arn, error) => {
    const { publications, history } = planner().plan(inState('ALARM', { alarmActions: [arn, topic] }), inState('OK'), { tags: {}, missingTopics: new Set([pager]) })
    expect(publications.map(publication => publication.topicArn)).toEqual([topic])
    expect(history.map(item => item.summary)).toEqual([
      `Failed to execute action ${arn}. Received error: "${error}"`,
      `Successfully executed action ${topic}`,
    ])
  })
  it('asks about topics only', () => {
    expect(topicsOf(inState('OK', { okActions: [topic], alarmActions: ['arn:aws:lambda:us-east-1:1:function:f', pager] }).alarm)).toEqual([topic, pager])
  })
})

describe('actions that do not run now', () => {
  const mute = { ruleArn: 'arn:aws:cloudwatch:us-east-1:123456789012:alarm-mute-rule:night' as Arn, ruleName: 'night', start: at('2025-02-02T12:00:00Z'), end: at('2025-02-02T13:00:00Z'), others: 2 }
  const base = { tags: {}, missingTopics: none }
  it('muted: the history names the newest rule, and the state remembers', () => {
    const { history, publications, muted } = planner().plan(inState('ALARM'), inState('OK'), { ...base, mute })
    expect(publications).toEqual([])
    expect(history).toMatchObject([{ type: 'Action', at: updatedAt, summary: 'Actions muted by alarm mute rule "night" and 2 other mute rules' }])
    expect(JSON.parse(history[0]!.data)).toMatchObject({ actionState: 'Muted', muteDetail: { mutedByArn: mute.ruleArn, muteWindowEnd: '2025-02-02T13:00:00.000+0000' } })
    expect(muted).toEqual({ value: 'OK', since: at('2025-02-02T11:50:00Z'), at: updatedAt })
  })
  it('muted without actions: nothing to make up for', () => {
    expect(planner().plan(inState('ALARM', {}), inState('OK', {}), { ...base, mute })).toEqual({ history: [], publications: [] })
  })
  it('suppressed comes before muted', () => {
    const suppression = { by: 'WaitPeriod', since: updatedAt, until: updatedAt } as const
    const { history, publications, muted } = planner().plan(inState('ALARM'), inState('OK'), { ...base, mute, suppression })
    expect(publications).toEqual([])
    expect(history.map(item => item.summary)).toEqual(['Actions suppressed by WaitPeriod'])
    expect(muted).toBeUndefined()
  })
  it('late: dated when they run, speaking of when it happened', () => {
    const later = at('2025-02-02T13:00:00Z')
    const { history, publications } = planner().plan(inState('ALARM'), inState('OK'), { ...base, afterMute: true, at: later })
    expect(history.map(item => item.at)).toEqual([later, later])
    expect(publications[0]!.publishedAt).toBe(later)
    expect(bodyOf(publications[0]!.message)).toMatchObject({ ActionExecutedAfterMuteWindow: true, StateChangeTime: '2025-02-02T12:06:35.472+0000' })
  })
  it('what runs for each contributor, and what once for all', () => {
    const item = 'arn:aws:ssm:us-east-1:123456789012:opsitem:1'
    const both = { alarmActions: [topic, item] }
    const contributor = { id: '0123456789abcdef', attributes: { Host: 'a' }, value: 'ALARM', reason: 'r', transitionedAt: updatedAt, turningSince: undefined } as const
    const ran = (context: object) => planner().plan(inState('ALARM', both), inState('OK', both), { ...base, ...context }).history.map(({ summary }) => summary.includes(item))
    expect(ran({ contributor })).toEqual([false])
    expect(ran({ whole: true })).toEqual([true])
    expect(ran({})).toEqual([false, true])
    const [message] = planner().plan(inState('ALARM', both), inState('OK', both), { ...base, contributor }).publications
    expect(bodyOf(message!.message)).toMatchObject({ AlarmContributorId: contributor.id })
  })
  it('at once: of no mute and of no contributor', () => {
    const body = bodyOf(planner().plan(inState('ALARM'), inState('OK'), base).publications[0]!.message)
    expect(body).toMatchObject({ ActionExecutedAfterMuteWindow: false })
    expect(body).not.toHaveProperty('AlarmContributorId')
  })
  it('late: the record before is what it was then', () => {
    const record = inState('ALARM')
    const since = at('2025-02-02T10:00:00Z')
    expect(asItWas(record, { value: 'INSUFFICIENT_DATA', since })).toEqual({
      alarm: record.alarm, state: { ...record.state, value: 'INSUFFICIENT_DATA', transitionedAt: since, updatedAt: since },
    })
  })
})

it('a publication carries the message in every form, ids of its own, and the facts', () => {
  const [first, second] = planner().plan(inState('ALARM'), inState('OK'), { tags: { Severity: 'critical' }, missingTopics: none }).publications
  expect(first).toMatchObject({ tenant, subject: 'ALARM: "cpu" in US East (N. Virginia)', structure: 'json', publishedAt: updatedAt, alarm: { severity: 'P1' } })
  expect(Object.keys(JSON.parse(first!.message) as object)).toEqual(['default', 'sms', 'email'])
  expect(first!.messageId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/)
  expect(second!.messageId).not.toBe(first!.messageId)
})

describe('facts', () => {
  const reasonData = JSON.stringify({
    evaluatedDatapoints: [
      { timestamp: '2025-02-02T12:05:00.000+0000', sampleCount: 1, value: 30 },
      { timestamp: '2025-02-02T12:04:00.000+0000' },
      { timestamp: '2025-02-02T12:03:00.000+0000', sampleCount: 1, value: 25 },
      { timestamp: '2025-02-02T12:02:00.000+0000', sampleCount: 1, value: 5 },
    ],
  })
  const after = alarmRecord({ evaluationPeriods: 4, datapointsToAlarm: 2 }, { value: 'ALARM', reasonData, updatedAt })

  it('tell the value, the recent ones oldest first, and since when', () => {
    expect(alarmFacts(after, inState('OK'), {})).toMatchObject({
      state: 'ALARM', previousState: 'OK', value: 30, recent: [5, 25, null, 30], since: at('2025-02-02T12:03:00Z'), changedAt: updatedAt, datapointsToAlarm: 2,
    })
  })
  it.each([
    ['OK', undefined, '2025-02-02T12:02:00Z'],
    ['INSUFFICIENT_DATA', undefined, '2025-02-02T12:04:00Z'],
    ['ALARM', 'breaching', '2025-02-02T12:03:00Z'],
  ] as const)('%s with treatment %s has been so since %s', (value, treatMissingData, since) => {
    expect(alarmFacts(alarmRecord({ treatMissingData }, { value, reasonData, updatedAt }), inState('ALARM'), {}).since).toBe(at(since))
  })
  it.each([undefined, '{}', 'nonsense', '[]', '{"evaluatedDatapoints":[1,null,{"timestamp":"never"}]}'])('foreign reason data %s: no values, since the change', data => {
    expect(alarmFacts(alarmRecord({}, { value: 'ALARM', reasonData: data, updatedAt }), inState('OK'), {})).toMatchObject({
      value: undefined, recent: [], since: updatedAt,
    })
  })
  it('read the tags, whatever their capitals', () => {
    expect(alarmFacts(after, inState('OK'), { severity: 'high', RUNBOOK: 'https://wiki/x', Action: '', Team: 'web', team: 'no' })).toMatchObject({
      severity: 'P2', runbook: 'https://wiki/x', action: undefined, team: 'web',
    })
  })
  it.each([
    ['P1', 'P1'], ['p4', 'P4'], ['Critical', 'P1'], [' high ', 'P2'], ['SEV-2', 'P2'], ['warning', 'P3'], ['medium', 'P3'], ['low', 'P4'],
    ['Info', 'Info'], ['informational', 'Info'], ['3', 'P3'], ['whatever', undefined], ['', undefined], [undefined, undefined],
  ])('severity %s is %s', (text, severity) => expect(severityOf(text)).toBe(severity))
})

it('the event, as EventBridge carries it', () => {
  const entropy = seededEntropy(2)
  const event = stateChangeEvent(
    alarmRecord({ description: 'd', unit: 'Seconds' }, { value: 'ALARM', reason: 'r', reasonData: '{}', updatedAt }),
    inState('OK'),
    () => entropy.uuid(),
  )
  expect(event).toMatchObject({
    version: '0',
    'detail-type': 'CloudWatch Alarm State Change',
    source: 'aws.cloudwatch',
    account: tenant.account,
    time: '2025-02-02T12:06:35Z',
    region: tenant.region,
    resources: ['arn:aws:cloudwatch:us-east-1:123456789012:alarm:cpu'],
    detail: {
      alarmName: 'cpu',
      state: { value: 'ALARM', reason: 'r', reasonData: '{}', timestamp: '2025-02-02T12:06:35.472+0000' },
      previousState: { value: 'OK', reason: 'Unchecked: Initial alarm creation' },
      configuration: {
        description: 'd',
        metrics: [
          {
            metricStat: {
              metric: { namespace: 'App', name: 'Latency', dimensions: { InstanceId: 'abc' } }, period: 60, stat: 'Average', unit: 'Seconds',
            },
            returnData: true,
          },
        ],
      },
    },
  })
  expect(event.detail.configuration.metrics?.[0]?.id).not.toBe(event.id)
})
