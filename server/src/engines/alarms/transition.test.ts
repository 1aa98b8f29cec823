import { describe, expect, it } from 'vitest'
import type { Arn } from '../../base/arn.ts'
import { seededEntropy } from '../../base/entropy.ts'
import { ActionPlanner } from './actions.ts'
import { alarmRecord, alarmState, at, metricAlarm, second, topic } from './alarm.test-support.ts'
import { changedState, nextState, transitionTo } from './transition.ts'

const now = at('2026-01-01T00:00:00Z')
const OK = alarmState()
const muted = { value: 'ALARM', since: at('2025-01-01T00:00:00Z'), at: at('2025-02-01T00:00:00Z') } as const
const suppression = { by: 'Alarm', since: now, until: undefined } as const

describe('a new state', () => {
  it.each([
    ['keeps the time of its transition with its value', OK, 'OK', { transitionedAt: OK.transitionedAt }],
    ['is dated with another value', OK, 'ALARM', { transitionedAt: now }],
    ['goes on being muted with its value', { ...OK, muted }, 'OK', { transitionedAt: OK.transitionedAt, muted }],
    ['owes nothing of another value', { ...OK, muted }, 'ALARM', { transitionedAt: now }],
    ['is held back as before', { ...OK, suppression }, 'OK', { transitionedAt: OK.transitionedAt, suppression }],
    ['is held back as before with another value', { ...OK, suppression }, 'ALARM', { transitionedAt: now, suppression }],
  ] as const)('%s', (_, previous, value, rest) =>
    expect(nextState(previous, value, 'why', '{}', now)).toStrictEqual({ value, reason: 'why', reasonData: '{}', updatedAt: now, ...rest }))

  it('of an evaluation says what it saw', () => {
    const change = { kind: 'change', state: 'ALARM', points: [{ at: second('2025-12-31T23:59:00Z'), value: 30, samples: 2, breaching: true }] } as const
    const state = changedState(metricAlarm(), OK, change, now)
    expect(state).toMatchObject({ value: 'ALARM', updatedAt: now, transitionedAt: now })
    expect(state.reason).toContain('1 datapoint [30.0')
    expect(JSON.parse(state.reasonData!)).toMatchObject({ queryDate: '2026-01-01T00:00:00.000+0000', evaluatedDatapoints: [{ sampleCount: 2, value: 30 }] })
  })
})

describe('a transition', () => {
  const planner = new ActionPlanner(seededEntropy(1), (_, name) => `https://tocsin.example/alarms/${name}`)
  const previous = alarmRecord({ alarmActions: [topic] })
  const state = nextState(previous.state, 'ALARM', 'why', undefined, now)
  const context = { tags: {}, missingTopics: new Set<string>() }

  it('is the state, its history and what it sends', () => {
    const { record, history, publications } = transitionTo(previous, state, context, planner)
    expect(record).toStrictEqual({ alarm: previous.alarm, state })
    expect(history.map(({ summary }) => summary)).toEqual(['Alarm updated from OK to ALARM', `Successfully executed action ${topic}`])
    expect(publications.map(({ topicArn }) => topicArn)).toEqual([topic])
  })
  it('remembers that its actions were muted', () => {
    const mute = { ruleArn: 'arn:aws:cloudwatch:us-east-1:123456789012:alarm-mute-rule:night' as Arn, ruleName: 'night', start: now, end: now, others: 0 }
    const { record, history, publications } = transitionTo(previous, state, { ...context, mute }, planner)
    expect(record.state).toStrictEqual({ ...state, muted: { value: 'OK', since: previous.state.transitionedAt, at: now } })
    expect(history.map(({ summary }) => summary)).toEqual(['Alarm updated from OK to ALARM', 'Actions muted by alarm mute rule "night"'])
    expect(publications).toEqual([])
  })
})
