import { expect, test } from 'vitest'
import { ELSEWHERE, OURS, START, temporaryControl, THEIRS } from '../../../test/temporary-control.ts'
import { aHistoryItem, anAlarm, aPublication, aSubscription, aTopic, aTransition } from '../../../test/control-samples.ts'
import type { Tenant } from '../../base/tenancy.ts'
import { epochMillis } from '../../base/time.ts'
import { expressionAlarm } from '../../engines/alarms/alarm.test-support.ts'
import type { AlarmContributor, AlarmRecord, AlarmState, HistoryQuery } from '../../model/alarm.ts'

const everything: HistoryQuery = {
  tenant: OURS,
  alarmName: undefined,
  alarmTypes: ['MetricAlarm'],
  type: undefined,
  from: undefined,
  to: undefined,
  newestFirst: true,
  limit: 100,
  offset: 0,
}

test('an alarm comes back as it was put, and an overwrite keeps its tags', async () => {
  const { store } = temporaryControl()
  const record = anAlarm(OURS, 'cpu')
  await store.alarms.put(record, aHistoryItem(OURS, 'cpu'), { Severity: 'P1' })
  expect(await store.alarms.get(OURS, 'cpu')).toEqual(record)
  const changed = { ...record, alarm: { ...record.alarm, description: 'new', threshold: 5 } }
  await store.alarms.put(changed, aHistoryItem(OURS, 'cpu', 'updated'), { Severity: 'P4' })
  expect(await store.alarms.get(OURS, 'cpu')).toEqual(changed)
  expect(await store.alarmBook.tags(record.alarm.arn)).toEqual({ Severity: 'P1' })
  expect((await store.alarms.history(everything)).map(({ summary }) => summary)).toEqual(['updated', 'created'])
})

test('alarms are listed by code units, each tenant its own', async () => {
  const { store } = temporaryControl()
  for (const name of ['b', 'Z', '\u{1F514}', '\uFB01', 'a']) await store.alarms.put(anAlarm(OURS, name), aHistoryItem(OURS, name), {})
  for (const tenant of [ELSEWHERE, THEIRS]) await store.alarms.put(anAlarm(tenant, 'a'), aHistoryItem(tenant, 'a', 'not ours'), {})
  expect((await store.alarms.list(OURS)).map(({ alarm }) => alarm.name)).toEqual(['Z', 'a', 'b', '\u{1F514}', '\uFB01'])
  expect(await store.alarms.list(THEIRS)).toEqual([anAlarm(THEIRS, 'a')])
  expect(await store.alarms.history({ ...everything, alarmName: 'a' })).toEqual([aHistoryItem(OURS, 'a')])
  expect(await store.alarmBook.all()).toHaveLength(7)
})

test('deleting takes the tags along, keeps the history, and touches nobody else', async () => {
  const { store } = temporaryControl()
  for (const tenant of [OURS, THEIRS]) await store.alarms.put(anAlarm(tenant, 'cpu'), aHistoryItem(tenant, 'cpu'), { a: 'b' })
  await store.alarms.delete(OURS, ['cpu', 'never there'], [aHistoryItem(OURS, 'cpu', 'deleted')])
  expect(await store.alarms.get(OURS, 'cpu')).toBeUndefined()
  expect(await store.tags.get(OURS, anAlarm(OURS, 'cpu').alarm.arn)).toEqual({})
  expect(await store.tags.get(THEIRS, anAlarm(THEIRS, 'cpu').alarm.arn)).toEqual({ a: 'b' })
  expect((await store.alarms.history({ ...everything, newestFirst: false })).map(({ summary }) => summary)).toEqual(['created', 'deleted'])
  await store.alarms.put(anAlarm(OURS, 'cpu'), aHistoryItem(OURS, 'cpu'), {})
  expect(await store.tags.get(OURS, anAlarm(OURS, 'cpu').alarm.arn)).toEqual({})
})

test('a transition commits state, history and messages together, or nothing', async () => {
  const { store } = temporaryControl()
  await store.topics.put(aTopic(OURS, 'pages'))
  await store.subscriptions.put(aSubscription(OURS, 'pages', 's1'))
  await store.alarms.put(anAlarm(OURS, 'cpu'), aHistoryItem(OURS, 'cpu'), {})
  const alarm = anAlarm(OURS, 'cpu', 'ALARM')
  await store.alarmBook.commit([aTransition(alarm, [aPublication(OURS, 'pages', 'm1')])])
  expect((await store.alarms.get(OURS, 'cpu'))?.state.value).toBe('ALARM')
  expect((await store.deliveryLog.list({ tenant: OURS, limit: 10 })).deliveries).toHaveLength(1)

  const broken = { ...aPublication(OURS, 'pages', 'm2'), publishedAt: epochMillis(Number.NaN) }
  await expect(store.alarmBook.commit([aTransition(anAlarm(OURS, 'cpu', 'OK'), [broken])])).rejects.toThrow(/NOT NULL/)
  expect((await store.alarms.get(OURS, 'cpu'))?.state.value).toBe('ALARM')
  expect(await store.alarms.history(everything)).toHaveLength(2)
})

test('a deleted alarm neither changes nor pages', async () => {
  const { store } = temporaryControl()
  await store.topics.put(aTopic(OURS, 'pages'))
  await store.subscriptions.put(aSubscription(OURS, 'pages', 's1'))
  await store.alarmBook.commit([aTransition(anAlarm(OURS, 'gone', 'ALARM'), [aPublication(OURS, 'pages', 'm1')])])
  expect(await store.alarms.list(OURS)).toEqual([])
  expect(await store.alarms.history(everything)).toEqual([])
  expect((await store.deliveryLog.list({ tenant: OURS, limit: 10 })).deliveries).toEqual([])
})

test('a redefined alarm keeps the state that it has in the store, whatever its author had read', async () => {
  const { store } = temporaryControl()
  const told: unknown[] = []
  const read = anAlarm(OURS, 'cpu')
  await store.alarms.put(read, aHistoryItem(OURS, 'cpu'), {})
  const alarming = anAlarm(OURS, 'cpu', 'ALARM')
  await store.alarmBook.commit([aTransition(alarming)])
  store.alarmBook.onChange(({ record }) => told.push(record))
  const redefined = { alarm: { ...read.alarm, threshold: 7 }, state: read.state }
  await store.alarms.put(redefined, aHistoryItem(OURS, 'cpu'), {})
  const kept = { alarm: redefined.alarm, state: alarming.state }
  expect(await store.alarms.get(OURS, 'cpu')).toEqual(kept)
  expect(told).toEqual([kept])
})

test('what was decided upon an older state or definition does not take place', async () => {
  const { store } = temporaryControl()
  const evaluated = anAlarm(OURS, 'cpu')
  const decided = { ...aTransition(anAlarm(OURS, 'cpu', 'ALARM')), basedOn: evaluated.state }
  const state = async () => (await store.alarms.get(OURS, 'cpu'))?.state.value
  await store.alarms.put(evaluated, aHistoryItem(OURS, 'cpu'), {})

  await store.alarms.commit([aTransition({ alarm: evaluated.alarm, state: { ...evaluated.state, value: 'INSUFFICIENT_DATA', updatedAt: epochMillis(START + 1) } })])
  expect(await store.alarmBook.commit([decided])).toEqual([])
  expect(await state()).toBe('INSUFFICIENT_DATA')

  await store.alarms.commit([aTransition(evaluated)])
  const redefined = { alarm: { ...evaluated.alarm, threshold: 7 }, state: evaluated.state }
  await store.alarms.put(redefined, aHistoryItem(OURS, 'cpu'), {})
  expect(await store.alarmBook.commit([decided])).toEqual([])
  expect(await state()).toBe('OK')

  await store.alarms.put(evaluated, aHistoryItem(OURS, 'cpu'), {})
  expect(await store.alarmBook.commit([decided])).toEqual([decided])
  expect(await state()).toBe('ALARM')
})

test('the book is told of every change but its own', async () => {
  const { store } = temporaryControl()
  const told: (string | undefined)[] = []
  store.alarmBook.onChange(({ record }) => told.push(record?.state.value))
  await store.alarms.put(anAlarm(OURS, 'cpu'), aHistoryItem(OURS, 'cpu'), {})
  await store.alarmBook.commit([aTransition(anAlarm(OURS, 'cpu', 'INSUFFICIENT_DATA'))])
  await store.alarms.commit([aTransition(anAlarm(OURS, 'cpu', 'ALARM'))])
  await store.alarms.delete(OURS, ['cpu'], [])
  expect(told).toEqual(['OK', 'ALARM', undefined])
})

test('history is read by time, type and page', async () => {
  const { store } = temporaryControl()
  const at = (n: number) => epochMillis(START + n)
  for (const n of [1, 2, 3, 3]) await store.alarms.put(anAlarm(OURS, 'cpu'), aHistoryItem(OURS, 'cpu', `at ${n}`, at(n)), {})
  const read = async (more: Partial<HistoryQuery>) => (await store.alarms.history({ ...everything, ...more })).map(({ at }) => at - START)
  expect(await read({})).toEqual([3, 3, 2, 1])
  expect(await read({ from: at(2), to: at(2) })).toEqual([2])
  expect(await read({ newestFirst: false, limit: 2, offset: 1 })).toEqual([2, 3])
  expect(await read({ type: 'Action' })).toEqual([])
  expect(await read({ alarmTypes: ['CompositeAlarm'] })).toEqual([])
  expect(await read({ alarmName: 'other' })).toEqual([])
})

test('how far the rounds have come survives', async () => {
  const { store } = temporaryControl()
  expect(await store.alarmBook.evaluatedUpTo()).toBeUndefined()
  await store.alarmBook.setEvaluatedUpTo(START)
  await store.alarmBook.setEvaluatedUpTo(epochMillis(START + 10_000))
  expect(await store.alarmBook.evaluatedUpTo()).toBe(START + 10_000)
})

const aContributor = (id: string, more: Partial<AlarmContributor> = {}): AlarmContributor => ({
  id,
  attributes: { InstanceId: `i-${id}` },
  value: 'ALARM',
  reason: 'because',
  transitionedAt: START,
  turningSince: undefined,
  ...more,
})

const anExpressionAlarm = (tenant: Tenant, name: string): AlarmRecord => {
  const { alarm, state } = anAlarm(tenant, name)
  return { alarm: expressionAlarm({ tenant, arn: alarm.arn, name }), state }
}

test('contributors are replaced with the state, or not at all, and go with the alarm', async () => {
  const { store } = temporaryControl()
  const record = anExpressionAlarm(OURS, 'fleet')
  const { arn } = record.alarm
  for (const tenant of [OURS, THEIRS]) await store.alarms.put(anExpressionAlarm(tenant, 'fleet'), aHistoryItem(tenant, 'fleet'), {})
  const contributors = [aContributor('a'), aContributor('b', { value: 'OK', turningSince: epochMillis(START - 5) })]
  await store.alarmBook.commit([{ ...aTransition(record), contributors }])
  await store.alarmBook.commit([aTransition(record)])
  expect(await store.alarms.contributors(OURS, arn)).toEqual(contributors)
  expect(await store.alarms.contributors(THEIRS, arn)).toEqual([])
  expect(await store.alarmBook.contributors()).toEqual(new Map([[arn, contributors]]))

  const overtaken = { ...aTransition(record), basedOn: { ...record.state, updatedAt: epochMillis(START - 1) }, contributors: [] }
  expect(await store.alarmBook.commit([overtaken])).toEqual([])
  expect(await store.alarms.contributors(OURS, arn)).toEqual(contributors)

  await store.alarms.put(record, aHistoryItem(OURS, 'fleet'), {})
  expect(await store.alarms.contributors(OURS, arn)).toEqual(contributors)
  await store.alarms.put(anAlarm(OURS, 'fleet'), aHistoryItem(OURS, 'fleet'), {})
  expect(await store.alarms.contributors(OURS, arn)).toEqual([])

  await store.alarmBook.commit([{ ...aTransition(record), contributors }])
  await store.alarms.delete(OURS, ['fleet'], [])
  expect(await store.alarmBook.contributors()).toEqual(new Map())
})

test('what few states have comes back, and goes when the next state has it not', async () => {
  const { store } = temporaryControl()
  const { alarm, state } = anAlarm(OURS, 'cpu')
  await store.alarms.put({ alarm, state }, aHistoryItem(OURS, 'cpu'), {})
  const more: AlarmState = {
    ...state,
    evaluation: 'PARTIAL_DATA',
    suppression: { by: 'WaitPeriod', since: START, until: epochMillis(START + 60_000), held: { value: 'OK', since: START } },
    muted: { value: 'ALARM', since: START, at: START },
  }
  await store.alarmBook.commit([aTransition({ alarm, state: more })])
  expect(await store.alarms.get(OURS, 'cpu')).toEqual({ alarm, state: more })
  await store.alarmBook.commit([aTransition({ alarm, state })])
  expect(await store.alarms.get(OURS, 'cpu')).toEqual({ alarm, state })
})

test('a thousand transitions at once, some of them overtaken, one alarm twice', async () => {
  const { store } = temporaryControl()
  const records = Array.from({ length: 250 }, (_, i) => anAlarm(OURS, `cpu-${i}`))
  for (const record of records) await store.alarms.put(record, aHistoryItem(OURS, record.alarm.name), {})
  await store.alarms.delete(OURS, ['cpu-7'], [])
  const alarming = records.map(({ alarm, state }) => ({ ...aTransition({ alarm, state: { ...state, value: 'ALARM' as const } }), basedOn: state }))
  const again = { ...aTransition(records[3]!), basedOn: alarming[3]!.record.state }
  expect(await store.alarmBook.commit([...alarming, again])).toEqual([...alarming.filter((_, i) => i !== 7), again])
  const states = (await store.alarms.list(OURS)).map(({ alarm, state }) => [alarm.name, state.value])
  expect(Object.fromEntries(states)).toEqual(
    Object.fromEntries(records.filter((_, i) => i !== 7).map(({ alarm }) => [alarm.name, alarm.name === 'cpu-3' ? 'OK' : 'ALARM'])),
  )
})

test('the tags of many alarms are read together', async () => {
  const { store } = temporaryControl()
  const arns: string[] = []
  for (const [tenant, name, tags] of [[OURS, 'a', { Severity: 'P1', Team: 'db' }], [OURS, 'b', {}], [THEIRS, 'a', { Severity: 'P4' }]] as const) {
    const record = anAlarm(tenant, name)
    arns.push(record.alarm.arn)
    await store.alarms.put(record, aHistoryItem(tenant, name), tags)
  }
  expect(await store.alarmBook.tagsOf([...arns, 'no arn'])).toEqual(new Map([[arns[0], { Severity: 'P1', Team: 'db' }], [arns[2], { Severity: 'P4' }]]))
})

test('history of one contributor', async () => {
  const { store } = temporaryControl()
  const of = (id: string) => ({ ...aHistoryItem(OURS, 'fleet', id), contributor: { id, attributes: { InstanceId: id } } })
  for (const item of [of('a'), of('b'), aHistoryItem(OURS, 'fleet')]) await store.alarms.put(anExpressionAlarm(OURS, 'fleet'), item, {})
  expect(await store.alarms.history({ ...everything, contributorId: 'b' })).toEqual([of('b')])
  expect(await store.alarms.history({ ...everything, alarmName: 'fleet' })).toHaveLength(3)
})
