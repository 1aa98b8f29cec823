import { describe, expect, it } from 'vitest'
import type { Arn } from '../../base/arn.ts'
import { seededEntropy } from '../../base/entropy.ts'
import type { AlarmContributor, AlarmStateValue } from '../../model/alarm.ts'
import { ActionPlanner } from '../alarms/actions.ts'
import { alarmState, at, expressionAlarm, topic } from '../alarms/alarm.test-support.ts'
import { contributorId } from './contributor-id.ts'
import type { Step } from './step.ts'
import { stepTransition, turnedContributors } from './transition.ts'

const t0 = at('2026-01-01T00:00:00Z')
const t1 = at('2026-01-01T00:01:00Z')
const ITEM = 'arn:aws:ssm:us-east-1:123456789012:opsitem:1'
const planner = new ActionPlanner(seededEntropy(1), (_, name) => `https://tocsin.example/alarms/${name}`)
const context = { tags: {}, missingTopics: new Set<string>() }
const previous = (value: AlarmStateValue) => ({ alarm: expressionAlarm({ alarmActions: [topic, ITEM], okActions: [topic] }), state: alarmState({ value }) })
const contributor = (host: string, value: AlarmContributor['value'], reason: string, transitionedAt = t1): AlarmContributor =>
  ({ id: contributorId({ host }), attributes: { host }, value, reason, transitionedAt, turningSince: undefined })
const step = (value: AlarmStateValue, contributors: readonly AlarmContributor[], ended: readonly AlarmContributor[] = []): Step =>
  ({ value, reason: 'as a whole', contributors, ended, partial: false })

const [oldA, a, b] = [contributor('a', 'ALARM', 'a before', t0), contributor('a', 'OK', 'a is well'), contributor('b', 'ALARM', 'b is bad')]

describe('a step of many series', () => {
  it('is the alarm with its own actions, and each contributor with its own', () => {
    const { record, history, publications, contributors } = stepTransition(previous('OK'), [], step('ALARM', [b]), t1, context, planner)
    expect(record.state).toMatchObject({ value: 'ALARM', reason: 'as a whole', updatedAt: t1, transitionedAt: t1 })
    expect(history.map(({ summary }) => summary)).toEqual([
      'Alarm updated from OK to ALARM',
      `Failed to execute action ${ITEM}. Received error: "This server cannot run actions of the service ssm"`,
      'Alarm contributor updated from OK to ALARM',
      `Successfully executed action ${topic}`,
    ])
    expect(publications).toMatchObject([{ topicArn: topic, publishedAt: t1 }])
    expect(contributors).toEqual([b])
  })
  it('is one of contributors alone while the alarm stays what it is', () => {
    const was = previous('ALARM')
    const { record, history, publications } = stepTransition(was, [oldA], step('ALARM', [b], [a]), t1, context, planner)
    expect(record).toBe(was)
    expect(history.map(({ summary, at: when }) => `${when - t0} ${summary}`)).toEqual([
      '60000 Alarm contributor updated from OK to ALARM', `60000 Successfully executed action ${topic}`,
      '60000 Alarm contributor updated from ALARM to OK', `60000 Successfully executed action ${topic}`,
    ])
    expect(publications).toHaveLength(2)
  })
  it('sends what the alarm as a whole does', () => {
    const whole = { ...previous('OK'), alarm: expressionAlarm({ alarmActions: [ITEM] }) }
    const { history, publications } = stepTransition(whole, [], step('ALARM', []), t1, context, planner)
    expect(history).toHaveLength(2)
    expect(publications).toEqual([])
  })
  it('remembers the first change that was muted', () => {
    const mute = { ruleArn: 'arn:aws:cloudwatch:us-east-1:123456789012:alarm-mute-rule:night' as Arn, ruleName: 'night', start: t0, end: t1, others: 0 }
    const { record, publications } = stepTransition(previous('ALARM'), [oldA], step('ALARM', [b], [a]), t1, { ...context, mute }, planner)
    expect(record.state).toStrictEqual({ ...previous('ALARM').state, muted: { value: 'OK', since: t1, at: t1 } })
    expect(publications).toEqual([])
    const both = stepTransition(previous('OK'), [], step('ALARM', [b]), t1, { ...context, mute }, planner)
    expect(both.record.state.muted).toEqual({ value: 'OK', since: previous('OK').state.transitionedAt, at: t1 })
  })
})

it('a contributor that turned has a state before and after', () => {
  const { alarm } = previous('ALARM')
  expect(turnedContributors(previous('ALARM'), [contributor('c', 'ALARM', 'c', t0), oldA], step('ALARM', [b], [a]), t1)).toStrictEqual([
    {
      contributor: b,
      was: { alarm, state: { value: 'OK', reason: '', reasonData: undefined, updatedAt: t1, transitionedAt: t1 } },
      is: { alarm, state: { value: 'ALARM', reason: 'b is bad', reasonData: undefined, updatedAt: t1, transitionedAt: t1 } },
    },
    {
      contributor: a,
      was: { alarm, state: { value: 'ALARM', reason: 'a before', reasonData: undefined, updatedAt: t1, transitionedAt: t0 } },
      is: { alarm, state: { value: 'OK', reason: 'a is well', reasonData: undefined, updatedAt: t1, transitionedAt: t1 } },
    },
  ])
})
