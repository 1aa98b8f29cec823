import { afterEach, beforeEach, expect, it } from 'vitest'
import { muteRuleArn } from '../../base/arn.ts'
import { seededEntropy } from '../../base/entropy.ts'
import { silentLog } from '../../base/log.ts'
import { ManualClock } from '../../base/manual-clock.ts'
import { epochMillis, millis, seconds } from '../../base/time.ts'
import { ActionPlanner } from '../../engines/alarms/actions.ts'
import { metricAlarm, tenant, topic } from '../../engines/alarms/alarm.test-support.ts'
import type { AlarmContributor, AlarmRecord, ExpressionAlarm, Transition } from '../../model/alarm.ts'
import type { MuteRule } from '../../model/mute-rule.ts'
import { ActiveMutes } from './active-mutes.ts'
import { MuteCatchUp } from './mute-catch-up.ts'

const at = (time: string) => epochMillis(Date.parse(`2026-02-01T${time}Z`))
const RULE: MuteRule = {
  tenant, arn: muteRuleArn(tenant, 'night'), name: 'night', description: undefined, expression: 'cron(0 0 * * *)', duration: 'PT1H', timeZone: undefined,
  alarmNames: ['hosts'], startDate: undefined, expireDate: undefined, updatedAt: at('00:00:00'),
}
const contributor = (host: string, since: string, value: AlarmContributor['value'] = 'ALARM'): AlarmContributor =>
  ({ id: host, attributes: { Host: host }, value, reason: `${host} is busy`, transitionedAt: at(since), turningSince: undefined })

let clock: ManualClock
let record: AlarmRecord
let contributors: readonly AlarmContributor[]
let committed: Transition[]
let failures: number
let catchUp: MuteCatchUp

beforeEach(async () => {
  clock = new ManualClock(at('00:30:00'))
  const { metric: _, statistic: _s, unit: _u, threshold: _t, comparison, ...base } = metricAlarm({ name: 'hosts', okActions: [topic], alarmActions: [topic] })
  const alarm: ExpressionAlarm = { ...base, kind: 'expression', queries: [], period: seconds(60), limit: { kind: 'static', comparison, threshold: 10 } }
  record = {
    alarm,
    state: {
      value: 'ALARM', reason: '2 out of 3 time series evaluated to ALARM', reasonData: undefined, updatedAt: at('00:10:00'), transitionedAt: at('00:10:00'),
      muted: { value: 'OK', since: at('00:00:00'), at: at('00:10:00') },
    },
  }
  contributors = [contributor('before', '00:05:00'), contributor('a', '00:10:00'), contributor('b', '00:20:00'), contributor('pending', '00:20:00', 'OK')]
  committed = []
  failures = 0
  const mutes = new ActiveMutes({ all: () => Promise.resolve([RULE]), onChange: () => {} }, silentLog)
  await mutes.start(() => {})
  catchUp = new MuteCatchUp({
    clock, mutes, log: silentLog, standing: () => undefined, tags: () => Promise.resolve({}), missingTopics: () => Promise.resolve(new Set()),
    planner: new ActionPlanner(seededEntropy(1), (_tenant, name) => `https://tocsin.example/${name}`),
    alarms: {
      get: () => Promise.resolve(record),
      contributors: () => Promise.resolve(contributors),
      commit: transitions => {
        if (failures-- > 0) return Promise.reject(new Error('the disk is full'))
        committed.push(...transitions)
        record = transitions.at(-1)!.record
        return Promise.resolve(transitions)
      },
    },
  })
  await catchUp.start([record])
})
afterEach(() => catchUp.stop())

const until = async (time: string): Promise<void> => {
  while (clock.now() < at(time)) {
    await clock.advance(millis(Math.min(1_000, at(time) - clock.now())))
    await catchUp.idle()
  }
}
const sent = (): readonly unknown[] => committed.flatMap(({ publications }) => publications.map(({ alarm, message }) =>
  [alarm?.contributor?.['Host'], alarm?.state, message.includes('\\"ActionExecutedAfterMuteWindow\\":true')]))

it('tells of each contributor that went off while it was muted and still is, once', async () => {
  await until('00:59:59')
  expect(committed).toEqual([])
  await until('01:00:01')
  expect(sent()).toEqual([['a', 'ALARM', true], ['b', 'ALARM', true]])
  expect(record.state.muted).toBeUndefined()
  await until('01:03:00')
  expect(committed).toHaveLength(1)
})

it('tries again where that cannot be committed', async () => {
  failures = 2
  await until('01:00:05')
  expect(sent()).toEqual([['a', 'ALARM', true], ['b', 'ALARM', true]])
})

it('tells of nobody when all are well again', async () => {
  contributors = []
  const { muted: _, ...state } = record.state
  record = { ...record, state: { ...state, value: 'OK' } }
  await until('01:00:05')
  expect(committed).toEqual([])
})
