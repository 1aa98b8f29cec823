import { expect, it } from 'vitest'
import { alarmArn } from '../../base/arn.ts'
import { seededEntropy } from '../../base/entropy.ts'
import { silentLog } from '../../base/log.ts'
import { ManualClock } from '../../base/manual-clock.ts'
import { epochMillis, millis } from '../../base/time.ts'
import { ActionPlanner } from '../../engines/alarms/actions.ts'
import { metricAlarm, tenant, topic } from '../../engines/alarms/alarm.test-support.ts'
import type { AlarmRecord, AlarmState, AlarmStateValue, CompositeAlarm, Transition } from '../../model/alarm.ts'
import { CompositeAlarms } from './composite-alarms.ts'

const START = epochMillis(Date.parse('2026-02-01T00:00:00Z'))
const state = (value: AlarmStateValue, at = START): AlarmState => ({ value, reason: 'as it was', reasonData: undefined, updatedAt: at, transitionedAt: at })
const { description, actionsEnabled, insufficientDataActions } = metricAlarm()
const composite = (name: string, rule: string): AlarmRecord => {
  const alarm: CompositeAlarm = {
    kind: 'composite', tenant, arn: alarmArn(tenant, name), name, description, actionsEnabled, okActions: [], alarmActions: [topic], insufficientDataActions,
    configuredAt: START, rule, suppressor: undefined,
  }
  return { alarm, state: state('OK', epochMillis(START + 1)) }
}

it('a step that cannot be committed is tried again, with those above it after it, and each is told of once', async () => {
  const clock = new ManualClock(epochMillis(START + 60_000))
  const child: AlarmRecord = { alarm: metricAlarm({ name: 'cpu', configuredAt: START }), state: state('OK') }
  const records = new Map([child, composite('host', 'ALARM(cpu)'), composite('site', 'ALARM(host)')].map(record => [record.alarm.arn as string, record]))
  const committed: Transition[] = []
  let failures = 3
  let told: (change: { readonly arn: string; readonly record: AlarmRecord | undefined }) => void = () => {}
  const composites = new CompositeAlarms({
    clock, log: silentLog,
    planner: new ActionPlanner(seededEntropy(1), (_tenant, name) => `https://tocsin.example/${name}`),
    surroundings: { tags: () => Promise.resolve({}), missingTopics: () => Promise.resolve(new Set()), activeMute: () => undefined },
    register: {
      get: (_, name) => Promise.resolve(records.get(alarmArn(tenant, name))),
      onChange: listener => {
        told = listener
      },
      commit: transitions => {
        if (failures-- > 0) return Promise.reject(new Error('the disk is full'))
        committed.push(...transitions)
        for (const { record } of transitions) {
          records.set(record.alarm.arn, record)
          told({ arn: record.alarm.arn, record })
        }
        return Promise.resolve(transitions)
      },
    },
  })
  composites.listen()
  await composites.start([...records.values()])
  composites.committed({ ...child, state: state('ALARM', clock.now()) })
  await composites.idle()
  expect(committed).toEqual([])
  for (let second = 0; second < 6; second++) {
    await clock.advance(millis(1_000))
    await composites.idle()
  }
  expect(committed.map(({ record }) => `${record.alarm.name} ${record.state.value}`)).toEqual(['host ALARM', 'site ALARM'])
  expect(committed.map(({ publications }) => publications.length)).toEqual([1, 1])
  expect(committed[0]!.record.state.reason).toContain('cpu transitioned to ALARM at Sunday 01 February, 2026 00:01:00 UTC')
  expect(committed.map(({ publications }) => publications[0]!.alarm)).toMatchObject([
    { children: [{ name: 'cpu', state: 'ALARM', threshold: metricAlarm().threshold }], since: START + 60_000 },
    { children: [{ name: 'host', state: 'ALARM' }], since: START + 63_000 },
  ])
  await composites.stop()
})

it('messages name every child, those in ALARM first, and since when the rule has been true', async () => {
  const clock = new ManualClock(epochMillis(START + 60_000))
  const child = (name: string, value: AlarmStateValue, reasonData?: string): AlarmRecord => ({
    alarm: metricAlarm({ name, configuredAt: START, comparison: 'GreaterThanThreshold', threshold: 75 }),
    state: { ...state(value), reasonData },
  })
  const before = [child('disk', 'OK'), child('network', 'INSUFFICIENT_DATA'), child('cpu', 'OK'), composite('host', 'ALARM(disk) OR ALARM(network) OR ALARM(cpu)')]
  const committed: Transition[] = []
  const composites = new CompositeAlarms({
    clock, log: silentLog,
    planner: new ActionPlanner(seededEntropy(1), (_tenant, name) => `https://tocsin.example/${name}`),
    surroundings: { tags: () => Promise.resolve({}), missingTopics: () => Promise.resolve(new Set()), activeMute: () => undefined },
    register: {
      get: () => Promise.resolve(undefined),
      onChange: () => {},
      commit: transitions => {
        committed.push(...transitions)
        for (const { record } of transitions) composites.committed(record)
        return Promise.resolve(transitions)
      },
    },
  })
  await composites.start(before)
  const evaluated = JSON.stringify({ evaluatedDatapoints: [{ timestamp: '2026-01-31T23:56:00.000+0000', value: 78 }] })
  const cpu = child('cpu', 'ALARM', evaluated)
  composites.committed({ ...cpu, state: { ...cpu.state, transitionedAt: clock.now(), updatedAt: clock.now() } })
  await composites.idle()
  const [facts] = committed.flatMap(({ publications }) => publications.map(({ alarm }) => alarm))
  expect(facts?.children?.map(({ name, state, value }) => [name, state, value])).toEqual([['cpu', 'ALARM', 78], ['network', 'INSUFFICIENT_DATA', undefined], ['disk', 'OK', undefined]])
  expect(facts?.since).toBe(START - 4 * 60_000)
  await composites.stop()
})
