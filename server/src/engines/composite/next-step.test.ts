import { describe, expect, test } from 'vitest'
import type { Arn } from '../../base/arn.ts'
import { seededEntropy } from '../../base/entropy.ts'
import { seconds } from '../../base/time.ts'
import type { AlarmState, CompositeAlarm, Suppression } from '../../model/alarm.ts'
import { ActionPlanner } from '../alarms/actions.ts'
import { alarmRecord, alarmState, at, compositeAlarm, topic } from '../alarms/alarm.test-support.ts'
import { isComposite, stepTo, suppressorEvent, suppressorStep } from './next-step.ts'

const planner = new ActionPlanner(seededEntropy(1), (_, name) => `https://tocsin.example/alarms/${name}`)
const t0 = at('2026-01-01T00:00:00Z')
const t1 = at('2026-01-01T00:01:00Z')
const FORMER = { value: 'OK', since: at('2025-12-01T00:00:00Z') } as const
const suppressor = { alarm: 's', waitPeriod: seconds(60), extensionPeriod: seconds(120) }
const EXECUTED = `Successfully executed action ${topic}`

const composite = (changes: Partial<CompositeAlarm> = {}, state: Partial<AlarmState> = {}) =>
  ({ alarm: compositeAlarm({ alarmActions: [topic], okActions: [topic], suppressor, ...changes }), state: alarmState({ transitionedAt: FORMER.since, ...state }) })
const context = (suppressorInAlarm = false) => ({ tags: {}, missingTopics: new Set<string>(), suppressorInAlarm })
const summaries = (history: readonly { readonly summary: string }[]): readonly string[] => history.map(({ summary }) => summary)

describe('a step to another value', () => {
  const state = alarmState({ value: 'ALARM', updatedAt: t0, transitionedAt: t0 })
  test('runs actions where nobody holds them', () => {
    const { record, history, publications } = stepTo(composite({ suppressor: undefined }), state, context(), planner)
    expect(record.state).toStrictEqual(state)
    expect(summaries(history)).toEqual(['Alarm updated from OK to ALARM', EXECUTED])
    expect(publications).toHaveLength(1)
  })
  test.each<[string, boolean, Suppression]>([
    ['for a while', false, { by: 'WaitPeriod', since: t0, until: t1, held: FORMER }],
    ['while the suppressor is in ALARM', true, { by: 'Alarm', since: t0, until: undefined, held: FORMER }],
  ])('is held %s', (_name, suppressorInAlarm, suppression) => {
    const { record, history, publications } = stepTo(composite(), state, context(suppressorInAlarm), planner)
    expect(record.state).toStrictEqual({ ...state, suppression })
    expect(summaries(history)).toEqual(['Alarm updated from OK to ALARM', `Actions suppressed by ${suppression.by}`])
    expect(publications).toEqual([])
  })
})

describe('a step of time and of the suppressor', () => {
  const waiting: Suppression = { by: 'WaitPeriod', since: t0, until: t1, held: FORMER }
  const held = composite({}, { value: 'ALARM', updatedAt: t0, transitionedAt: t0, suppression: waiting })
  const { suppression: _, ...free } = held.state
  test('runs what was held, late', () => {
    const { record, basedOn, history, publications } = suppressorStep(held, { kind: 'time' }, context(), planner, t1)!
    expect(record).toStrictEqual({ alarm: held.alarm, state: { ...free, updatedAt: t1 } })
    expect(basedOn).toBe(held.state)
    expect(summaries(history)).toEqual([EXECUTED])
    expect(history[0]!.at).toBe(t1)
    expect(publications[0]).toMatchObject({ publishedAt: t1, alarm: { previousState: 'OK' } })
  })
  test('remembers where that is muted', () => {
    const mute = { ruleArn: 'arn:aws:cloudwatch:us-east-1:123456789012:alarm-mute-rule:night' as Arn, ruleName: 'night', start: t0, end: t1, others: 0 }
    const { record, publications } = suppressorStep(held, { kind: 'time' }, { ...context(), mute }, planner, t1)!
    expect(record.state).toStrictEqual({ ...free, updatedAt: t1, muted: { ...FORMER, at: t0 } })
    expect(publications).toEqual([])
  })
  test('is none where nothing follows', () => {
    expect(suppressorStep(held, { kind: 'time' }, context(), planner, t0)).toBeUndefined()
    expect(suppressorStep(composite(), { kind: 'suppressor' }, context(), planner, t0)).toBeUndefined()
  })
  test('holds on without a word', () => {
    const { record, history, publications } = suppressorStep(held, { kind: 'suppressor' }, context(true), planner, t1)!
    expect(record.state).toStrictEqual({ ...free, updatedAt: t1, suppression: { by: 'Alarm', since: t1, until: undefined, held: FORMER } })
    expect([...history, ...publications]).toEqual([])
  })
  test('forgets a period that holds nothing', () => {
    const { held: _held, ...idle } = waiting
    const { record, history } = suppressorStep(composite({}, { suppression: idle }), { kind: 'time' }, context(), planner, t1)!
    expect(record.state).toStrictEqual({ ...composite().state, updatedAt: t1 })
    expect(history).toEqual([])
  })
})

const PERIOD: Suppression = { by: 'ExtensionPeriod', since: t0, until: t1 }
const BY_ALARM: Suppression = { by: 'Alarm', since: t0, until: undefined }
test.each<[string, Partial<CompositeAlarm>, Suppression | undefined, boolean, string | undefined]>([
  ['nothing held, suppressor well', {}, undefined, false, undefined],
  ['nothing held, suppressor in ALARM', {}, undefined, true, 'suppressor'],
  ['held by it', {}, BY_ALARM, true, undefined],
  ['held by it, but it is well', {}, BY_ALARM, false, 'suppressor'],
  ['a period that lasts', {}, { ...PERIOD, until: at('2026-01-01T00:02:00Z') }, false, undefined],
  ['in ALARM in a period', {}, { ...PERIOD, until: at('2026-01-01T00:02:00Z') }, true, 'suppressor'],
  ['a period that is over', {}, PERIOD, true, 'time'],
  ['no suppressor any more', { suppressor: undefined }, BY_ALARM, false, 'redefined'],
  ['never a suppressor', { suppressor: undefined }, undefined, true, undefined],
])('%s calls for what it should', (_name, alarm, suppression, inAlarm, kind) => {
  const record = composite(alarm, suppression === undefined ? {} : { suppression })
  expect(suppressorEvent(record, inAlarm, t1)).toEqual(kind === undefined ? undefined : { kind })
})

test('composites are told from all others', () => {
  expect(isComposite(composite())).toBe(true)
  expect(isComposite(alarmRecord())).toBe(false)
})
