import { afterEach, expect, it } from 'vitest'
import { epochMillis, epochSeconds, millis, seconds } from '../../base/time.ts'
import { expressionAlarm, metricAlarm, tenant, topic } from '../../engines/alarms/alarm.test-support.ts'
import type { MetricAlarm } from '../../model/alarm.ts'
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

const by = (timeZone?: string) => ({ window: { kind: 'wall-clock', timeZone } as const })
/** The sum of a period is above 10. */
const define = (it: House, period: number, changes: Partial<MetricAlarm>): void =>
  it.alarm('load', { statistic: 'Sum', period: seconds(period), treatMissingData: 'notBreaching', ...changes })
/** Day, time and state. */
const story = (it: House): readonly string[] => it.committed.map(({ record: { state } }) => `${new Date(state.updatedAt).toISOString().slice(5, 19)} ${state.value}`)

it('an hour is judged as it ends by the clock of the zone, as a whole', async () => {
  const it = await house('2025-03-03T09:40:20Z')
  define(it, 3600, by('+05:30'))
  // 12 between 10:30 and 11:30, though any sliding hour from 10:05 on has them, too.
  it.put(6, '2025-03-03T10:40:00Z')
  it.put(6, '2025-03-03T11:20:00Z')
  await it.until('2025-03-03T11:29:59Z')
  expect(story(it)).toEqual(['03-03T09:40:20 OK'])
  await it.until('2025-03-03T12:30:10Z')
  expect(story(it).slice(1)).toEqual(['03-03T11:30:00 ALARM', '03-03T12:30:00 OK'])
  expect(it.reason('load')).toContain('no datapoints were received for 1 period')
})

it('what is split between two hours is not added up', async () => {
  const it = await house('2025-03-03T09:40:20Z')
  define(it, 3600, by())
  it.put(6, '2025-03-03T10:40:00Z')
  it.put(6, '2025-03-03T11:20:00Z')
  await it.until('2025-03-03T12:30:10Z')
  expect(story(it)).toEqual(['03-03T09:40:20 OK'])
})

it.each([['in spring', '2025-03-09', '05:00', '2025-03-10', '04:00'], ['in autumn', '2025-11-02', '04:00', '2025-11-03', '05:00']])(
  'a day when the clocks change %s is judged from midnight to midnight', async (_, day, begins, nextDay, ends) => {
    const it = await house(`${day}T${begins}:20Z`)
    define(it, 86_400, by('America/New_York'))
    it.put(11, `${nextDay}T${ends}:00Z`)
    it.put(6, `${day}T${begins}:00Z`)
    it.put(5, new Date(Date.parse(`${nextDay}T${ends}:00Z`) - 1000).toISOString())
    await it.until(`${nextDay}T${ends}:10Z`)
    await it.clock.advance(millis(0))
    expect(story(it).at(-1)).toBe(`${nextDay.slice(5)}T${ends}:00 ALARM`)
    expect(it.reason('load')).toContain('[11.0 (')
    expect(it.reason('load')).toContain(` ${begins}:00)]`)
  },
)

it('holds no older period that could make up for a missing one', async () => {
  const it = await house('2025-03-03T09:40:20Z')
  define(it, 3600, { treatMissingData: 'breaching', ...by('Europe/Berlin') })
  it.put(1, '2025-03-03T10:40:00Z')
  await it.until('2025-03-03T12:00:10Z')
  expect(story(it)).toEqual(['03-03T09:40:20 ALARM', '03-03T11:00:00 OK', '03-03T12:00:00 ALARM'])
})

it('data that come late count until the next period ends', async () => {
  const it = await house('2025-03-03T10:50:20Z')
  define(it, 3600, by())
  await it.until('2025-03-03T11:07:00Z')
  it.put(11, '2025-03-03T10:59:00Z')
  await it.until('2025-03-03T11:10:10Z')
  expect(story(it)).toEqual(['03-03T10:50:20 OK', '03-03T11:10:00 ALARM'])
})

it('is made up for after a stop', async () => {
  const it = await house('2025-03-03T09:40:20Z')
  define(it, 3600, by('+05:30'))
  await it.until('2025-03-03T10:10:00Z')
  it.put(11, '2025-03-03T10:40:00Z')
  await it.close()
  it.step('2025-03-03T11:52:10Z')
  await it.open()
  expect(story(it).slice(1)).toEqual(['03-03T11:52:10 ALARM'])
  expect(it.reason('load')).toContain('[11.0 (03/03/25 10:30:00)]')
})

it('reads from the store what memory does not hold', async () => {
  const it = await house('2025-03-09T05:00:20Z')
  it.memoryFrom = epochSeconds(Date.parse('2025-03-10T00:00:00Z') / 1000)
  define(it, 86_400, { evaluationPeriods: 2, ...by('America/New_York') })
  for (const time of ['2025-03-08T05:00:00Z', '2025-03-10T03:59:00Z']) it.put(11, time)
  await it.until('2025-03-10T04:00:01Z')
  await it.clock.advance(millis(0))
  expect(it.reason('load')).toContain('[11.0 (09/03/25 05:00:00), 11.0 (08/03/25 05:00:00)]')
})

it('math is over the same periods', async () => {
  const it = await house('2025-03-10T03:59:20Z')
  const metric = { namespace: 'App', name: 'Load', dimensions: [] }
  const period = seconds(86_400)
  const query = { label: undefined, account: undefined, period: undefined }
  it.define(expressionAlarm({
    tenant, name: 'math', okActions: [topic], alarmActions: [topic], configuredAt: it.clock.now(), period, evaluationPeriods: 2,
    queries: [
      { ...query, id: 'e', expression: 'm * 2', returnData: true, stored: undefined },
      { ...query, id: 'm', expression: undefined, returnData: false, stored: { metric, period, statistic: 'Sum', unit: undefined } },
    ],
    limit: { kind: 'static', comparison: 'GreaterThanThreshold', threshold: 10 },
    ...by('America/New_York'),
  }))
  for (const time of ['2025-03-08T05:00:00Z', '2025-03-10T03:59:00Z']) it.put(6, time)
  await it.until('2025-03-10T04:00:01Z')
  await it.clock.advance(millis(0))
  expect(it.reason('math')).toContain('[12.0 (09/03/25 05:00:00), 12.0 (08/03/25 05:00:00)]')
})

it('an explanation names the window and the zone', async () => {
  const alarm = metricAlarm({ period: seconds(86_400), evaluationPeriods: 2, ...by('America/New_York') })
  const state = { value: 'OK', reason: '', reasonData: undefined, updatedAt: alarm.configuredAt, transitionedAt: alarm.configuredAt } as const
  const records = { get: () => Promise.resolve({ alarm, state }), history: () => Promise.resolve([]) }
  const sources = { windows: { open: () => ({}) }, reads: { readMany: () => Promise.resolve([[]]) } } as unknown as AlarmSources
  const { because, points } = (await new Explanations(records, sources).explain(tenant, 'cpu', epochMillis(Date.parse('2025-03-10T12:00:00Z'))))!
  expect(because).toBe(
    'Nothing was received, which is insufficient data. The window is from 2025-03-08T05:00:00.000Z to 2025-03-10T04:00:00.000Z, by the clocks of America/New_York.',
  )
  expect(points.map(({ at }) => new Date(at * 1000).toISOString())).toEqual(['2025-03-09T05:00:00.000Z', '2025-03-08T05:00:00.000Z'])
})
