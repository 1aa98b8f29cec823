import { afterEach, describe, expect, it } from 'vitest'
import { millis, seconds } from '../../base/time.ts'
import { alarmRecord, expressionAlarm, logAlarm, promqlAlarm, tenant, topic } from '../../engines/alarms/alarm.test-support.ts'
import type { Alarm, MetricAlarm, WarmUp } from '../../model/alarm.ts'
import { Explanations } from './explanations.ts'
import { House } from './house.test-support.ts'
import type { AlarmSources } from './kinds/plans.ts'

const opened: House[] = []
const house = async (start: string): Promise<House> => {
  const it = new House(start)
  opened.push(it)
  await it.open()
  return it
}
afterEach(async () => {
  for (const it of opened.splice(0)) await it.close()
})

const warmUp = (it: House, minutes: number, changes: Partial<WarmUp> = {}): WarmUp => ({ minutes, since: it.clock.now(), ...changes })
/** Missing data breaches. */
const define = (it: House, minutes: number, { whole, ...changes }: Partial<MetricAlarm> & { readonly whole?: boolean } = {}): void =>
  it.alarm('cpu', {
    evaluationPeriods: 3, treatMissingData: 'breaching', warmUp: warmUp(it, minutes, whole === undefined ? {} : { whole }), ...changes,
  })
const restart = async (it: House, clockTime: string): Promise<void> => {
  await it.close()
  it.step(clockTime)
  await it.open()
}

describe('an alarm that warms up', () => {
  it('is not judged before its end', async () => {
    const it = await house('12:00:20')
    define(it, 10)
    await it.until('12:10:59')
    expect(it.story).toEqual([])
    await it.until('12:11:01')
    expect(it.story).toEqual(['12:11:00 cpu ALARM'])
  })
  it('is judged as soon as data fill its window', async () => {
    const it = await house('12:00:20')
    define(it, 30)
    it.fill(99, '12:02:00', '12:06:00')
    await it.until('12:04:59')
    expect(it.story).toEqual([])
    await it.until('12:05:01')
    expect(it.story).toEqual(['12:05:00 cpu ALARM'])
    // From then on what is missing counts, though the time is not up.
    await it.until('12:20:00')
    expect(it.state('cpu')).toBe('ALARM')
  })
  it('is judged after its whole length where that is wished', async () => {
    const it = await house('12:00:20')
    define(it, 10, { whole: true })
    it.fill(99, '12:00:00', '12:30:00')
    await it.until('12:10:59')
    expect(it.story).toEqual([])
    await it.until('12:11:01')
    expect(it.story).toEqual(['12:11:00 cpu ALARM'])
    expect(it.sent).toEqual(['cpu ALARM'])
  })
  it('goes on with it after a restart', async () => {
    const it = await house('12:00:20')
    define(it, 10)
    await it.until('12:03:10')
    await restart(it, '12:07:10')
    await it.until('12:10:59')
    expect(it.story).toEqual([])
    await it.until('12:11:01')
    expect(it.story).toEqual(['12:11:00 cpu ALARM'])
  })
  it('makes up after a restart for what came after its end alone', async () => {
    const it = await house('12:00:20')
    define(it, 10, { whole: true, evaluationPeriods: 1, treatMissingData: 'ignore' })
    it.fill(99, '12:01:00', '12:04:00')
    await it.until('12:03:10')
    await restart(it, '12:20:10')
    expect(it.story).toEqual([])
    it.fill(99, '12:20:00', '12:21:00')
    await it.until('12:21:10')
    expect(it.story).toEqual(['12:21:00 cpu ALARM'])
  })
  it('finds after a restart that data have filled its window meanwhile', async () => {
    const it = await house('12:00:20')
    define(it, 60)
    await it.until('12:03:10')
    it.fill(1, '12:05:00', '12:08:00')
    await restart(it, '12:20:10')
    expect(it.story).toEqual(['12:20:10 cpu ALARM'])
    expect(it.reason('cpu')).toContain('3 missing datapoints were treated as [Breaching]')
  })
  it('is judged on: a restart does not bring the warm-up back', async () => {
    const it = await house('12:00:20')
    define(it, 60)
    it.fill(1, '12:01:00', '12:04:00')
    await it.until('12:04:10')
    expect(it.story).toEqual(['12:04:00 cpu OK'])
    await restart(it, '12:04:30')
    await it.until('12:10:00')
    expect(it.story.at(-1)).toMatch('cpu ALARM')
  })
  it('from the store as from memory', async () => {
    const it = await house('12:00:20')
    it.memoryFrom = toSecond(it, '13:00:00')
    define(it, 30)
    it.fill(99, '12:02:00', '12:06:00')
    await it.until('12:05:01')
    await it.clock.advance(millis(0))
    expect(it.story).toEqual(['12:05:00 cpu ALARM'])
  })
  it('which a state that is set by hand ends', async () => {
    const it = await house('12:00:20')
    define(it, 30)
    await it.until('12:03:10')
    it.set('cpu', 'OK')
    await it.until('12:04:10')
    expect(it.story).toEqual(['12:04:00 cpu ALARM'])
  })
  it('and is given it when it has a state already keeps that', async () => {
    const it = await house('12:00:20')
    it.alarm('cpu', { evaluationPeriods: 3, treatMissingData: 'notBreaching' })
    await it.until('12:03:10')
    define(it, 5)
    await it.until('12:08:00')
    expect(it.story).toEqual(['12:00:20 cpu OK'])
    await it.until('12:09:01')
    expect(it.story.at(-1)).toBe('12:09:00 cpu ALARM')
  })
})

const toSecond = (it: House, time: string) => {
  const day = new Date(it.clock.now()).toISOString().slice(0, 11)
  return (Date.parse(`${day}${time}Z`) / 1000) as House['memoryFrom']
}

describe('of other kinds', () => {
  const actions = { okActions: [topic], alarmActions: [topic] }
  it('logs: as soon as it has run often enough since', async () => {
    const it = await house('12:00:50')
    it.logs = () => [[{ field: 'value', value: '99' }]]
    it.define(logAlarm({
      tenant, name: 'errors', ...actions, period: seconds(60), schedule: 'rate(1 minute)', startOffset: seconds(60), evaluationPeriods: 3, datapointsToAlarm: 2,
      threshold: 10, aggregation: 'count(errors)', configuredAt: it.clock.now(), warmUp: warmUp(it, 30),
    }))
    await it.until('12:02:59')
    await it.clock.advance(millis(0))
    expect(it.story).toEqual([])
    await it.until('12:03:01')
    await it.clock.advance(millis(0))
    expect(it.story).toEqual(['12:03:00 errors ALARM'])
  })
  it('a query with GROUP BY: as soon as every series fills its window', async () => {
    const it = await house('12:00:20')
    const insights = 'SELECT MAX(Load) FROM App GROUP BY Host ORDER BY MAX() DESC'
    const query = { id: 'q', label: undefined, returnData: true, account: undefined, expression: insights, period: seconds(60), stored: undefined }
    it.define(expressionAlarm({
      tenant, name: 'fleet', ...actions, evaluationPeriods: 2, queries: [query], limit: { kind: 'static', comparison: 'GreaterThanThreshold', threshold: 10 },
      configuredAt: it.clock.now(), warmUp: warmUp(it, 30),
    }))
    it.fill(99, '12:00:00', '12:10:00', 60, 'a')
    it.fill(1, '12:01:00', '12:10:00', 60, 'b')
    await it.until('12:04:10')
    await it.clock.advance(millis(0))
    expect(it.story).toEqual(['12:03:00 fleet ALARM'])
  })
  it('PromQL: after its whole length', async () => {
    const it = await house('12:00:20')
    it.present = () => ['a']
    it.define(promqlAlarm({ tenant, name: 'up', ...actions, pendingPeriod: seconds(0), evaluationInterval: seconds(60), configuredAt: it.clock.now(), warmUp: warmUp(it, 5) }))
    await it.until('12:05:59')
    await it.clock.advance(millis(0))
    expect(it.story).toEqual([])
    await it.until('12:06:10')
    await it.clock.advance(millis(0))
    expect(it.story).toEqual(['12:06:00 up ALARM'])
  })
})

it('an explanation says until when', async () => {
  const since = alarmRecord().alarm.configuredAt
  const after = (seconds: number) => (since + seconds * 1000) as typeof since
  const explained = async (warmUp: WarmUp | undefined, at: typeof since, changedAt = since) => {
    const { alarm, state } = alarmRecord(warmUp === undefined ? {} : { warmUp }, { transitionedAt: changedAt })
    const records = {
      get: () => Promise.resolve({ alarm: alarm as Alarm, state }),
      history: ({ from, to }: { readonly from: number | undefined; readonly to: number | undefined }) =>
        Promise.resolve(changedAt > since && changedAt >= (from ?? 0) && changedAt <= (to ?? Infinity) ? [{ ...ITEM, at: changedAt }] : []),
    }
    const nothing = { windows: { open: () => ({}) }, reads: { readMany: () => Promise.resolve([[]]) } } as unknown as AlarmSources
    const { decidedBy, because, verdict } = (await new Explanations(records, nothing).explain(tenant, 'cpu', at))!
    return decidedBy === 'warm-up' ? `${verdict}: ${because}` : decidedBy
  }
  const ITEM = { tenant, alarmName: 'cpu', alarmType: 'MetricAlarm', type: 'StateUpdate', summary: '', data: '{}' } as const
  expect(await explained({ minutes: 5, since }, after(60))).toBe(
    'keep: It is warming up until 2025-02-02T11:53:53.000Z, or until data fill its window: nothing is judged, and the state stays.',
  )
  expect(await explained({ minutes: 5, since, whole: true }, after(299))).toBe(
    'keep: It is warming up until 2025-02-02T11:53:53.000Z: nothing is judged, and the state stays.',
  )
  expect(await explained({ minutes: 5, since }, after(301))).toBe('no-data')
  expect(await explained({ minutes: 5, since }, after(60), after(30))).toBe('no-data')
  expect(await explained({ minutes: 5, since }, after(60), after(90))).toMatch('keep')
  expect(await explained(undefined, after(60))).toBe('no-data')
})
