import { afterEach, describe, expect, it } from 'vitest'
import { alarmArn } from '../../base/arn.ts'
import { millis, seconds } from '../../base/time.ts'
import { logAlarm, tenant, topic } from '../../engines/alarms/alarm.test-support.ts'
import type { LogAlarm } from '../../model/alarm.ts'
import { House } from './house.test-support.ts'
import type { LogRow, LogSearchRequest } from './ports.ts'

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

/** Every minute, more than ten in two of the last three runs. */
const define = (it: House, changes: Partial<LogAlarm> = {}): void =>
  it.define(logAlarm({
    tenant, name: 'errors', okActions: [topic], alarmActions: [topic], insufficientDataActions: [topic], configuredAt: it.clock.now(), period: seconds(60), schedule: 'rate(1 minute)',
    startOffset: seconds(60), evaluationPeriods: 3, datapointsToAlarm: 2, threshold: 10, ...changes,
  }))

const minuteOf = ({ end }: LogSearchRequest): string => new Date(end + 1).toISOString().slice(11, 16)
const value = (number: number): readonly LogRow[] => [[{ field: 'value', value: String(number) }]]
/** What runs find, by their minute. */
const results = (byMinute: Readonly<Record<string, number>>) => (search: LogSearchRequest) => {
  const found = byMinute[minuteOf(search)]
  return found === undefined ? [] : value(found)
}
const of = (hosts: Readonly<Record<string, number>>): readonly LogRow[] =>
  Object.entries(hosts).map(([host, number]) => [{ field: 'host', value: host }, { field: 'value', value: String(number) }])
const state = (it: House) => it.records.get(alarmArn(tenant, 'errors'))!.state
/** Searches are beside the round: they are over when nothing waits any more. */
const until = async (it: House, time: string): Promise<void> => {
  await it.until(time)
  await it.clock.advance(millis(0))
}

describe('one value a run', () => {
  it('alarms upon M of the newest N runs, and is over again, with what they found', async () => {
    const it = await house('12:00:50')
    it.logs = results({ '12:01': 12, '12:02': 3, '12:03': 15.5, '12:04': 2, '12:05': 1 })
    define(it, { aggregation: 'count(errors)' })
    await until(it, '12:03:01')
    expect(it.story).toEqual(['12:02:00 errors OK', '12:03:00 errors ALARM'])
    expect(state(it).reason).toBe(
      'Threshold Crossed: 2 out of the last 3 query results [15.5 (01/03/25 12:03:00), 12.0 (01/03/25 12:01:00)] were greater than the threshold (10.0) (minimum 2 datapoints for OK -> ALARM transition).',
    )
    expect(JSON.parse(state(it).reasonData!)).toEqual({
      version: '1.0', queryDate: '2025-03-01T12:03:00.200+0000', threshold: 10, queryResultsToEvaluate: 3, queryResultsToAlarm: 2,
      results: [
        { status: 'COMPLETE', timestamp: '2025-03-01T12:03:00.000+0000', value: 15.5 },
        { status: 'COMPLETE', timestamp: '2025-03-01T12:02:00.000+0000', value: 3 },
        { status: 'COMPLETE', timestamp: '2025-03-01T12:01:00.000+0000', value: 12 },
      ],
    })
    await until(it, '12:05:01')
    expect(it.story.at(-1)).toBe('12:04:00 errors OK')
    expect(it.sent).toEqual(['errors OK', 'errors ALARM', 'errors OK'])
  })
  it('runs once for each instant: what arrives late changes no result', async () => {
    const it = await house('12:00:50')
    define(it)
    await until(it, '12:05:01')
    const runs = it.searches.map(minuteOf)
    expect([...new Set(runs)]).toEqual(runs)
    expect(it.searches[0]).toMatchObject({ groups: ['/app/orders'], text: 'fields @message | filter level = "ERROR"\n| stats count(*) as `value`' })
  })
  it('nothing found is 0 of count(*), and missing of all others', async () => {
    const it = await house('12:00:50')
    define(it)
    await until(it, '12:02:01')
    expect(state(it)).toMatchObject({ value: 'OK' })
    define(it, { aggregation: 'max(duration)' })
    await until(it, '12:03:01')
    expect(state(it)).toMatchObject({ value: 'INSUFFICIENT_DATA', reason: 'Insufficient Data: 3 query results were unknown.' })
  })
  it.each([['breaching', 'ALARM'], ['notBreaching', 'OK'], ['ignore', 'INSUFFICIENT_DATA'], ['missing', 'INSUFFICIENT_DATA']] as const)('missing results that count as %s: %s', async (treatMissingData, expected) => {
    const it = await house('12:00:50')
    define(it, { aggregation: 'max(duration)', treatMissingData })
    await until(it, '12:02:01')
    expect(state(it).value).toBe(expected)
    if (expected === 'ALARM') expect(state(it).reason).toBe('Threshold Crossed: no query results were received for 3 runs and 3 missing query results were treated as [Breaching].')
  })
  it('a query that cannot be run is insufficient data, and says why, until it can', async () => {
    const it = await house('12:00:50')
    it.logs = () => "Log group '/app/orders' does not exist"
    define(it)
    it.set('errors', 'OK')
    await until(it, '12:01:01')
    expect(state(it)).toMatchObject({ value: 'INSUFFICIENT_DATA', evaluation: 'EVALUATION_ERROR', reason: "Log group '/app/orders' does not exist" })
    it.logs = () => []
    await until(it, '12:02:01')
    expect(state(it).value).toBe('OK')
    expect(state(it).evaluation).toBeUndefined()
  })
  it('logs that cannot be read now leave the state as it is, and are asked for again', async () => {
    const it = await house('12:00:50')
    it.logs = results({ '12:01': 99, '12:02': 99 })
    define(it)
    it.set('errors', 'OK')
    it.readFailure = new Error('away')
    await until(it, '12:02:01')
    expect(state(it)).toMatchObject({ value: 'OK', evaluation: 'EVALUATION_FAILURE' })
    it.readFailure = undefined
    await until(it, '12:02:21')
    expect(state(it).value).toBe('ALARM')
  })
  it('a restart makes up for what was missed with the net transition alone', async () => {
    const it = await house('12:00:50')
    it.logs = results({ '12:05': 50, '12:06': 50, '12:07': 50, '12:14': 50, '12:15': 50, '12:16': 50 })
    define(it)
    await until(it, '12:02:01')
    await it.close()
    await it.until('12:15:30')
    await it.open()
    await it.clock.advance(millis(1))
    await until(it, '12:15:50')
    expect(it.sent).toEqual(['errors OK', 'errors ALARM'])
    expect(state(it).reason).toContain('12:15:00')
  })
})

describe('a value a run for each contributor', () => {
  const BY = { aggregation: 'count(*) by host | sort desc' }
  const runs = (byMinute: Readonly<Record<string, Readonly<Record<string, number>>>>) => (search: LogSearchRequest) => of(byMinute[minuteOf(search)] ?? {})
  const contributors = (it: House): readonly string[] =>
    (it.contributors.get(alarmArn(tenant, 'errors')) ?? []).map(({ attributes, value: is }) => `${attributes['host']} ${is}`)

  it('judges each by itself; one that is not found any more is over, however missing data is treated', async () => {
    const it = await house('12:00:50')
    it.logs = runs({ '11:58': { a: 1, b: 1 }, '11:59': { a: 1, b: 1 }, '12:00': { a: 20, b: 1 }, '12:01': { a: 20, b: 20 }, '12:02': { b: 20 }, '12:03': { b: 2 }, '12:04': { b: 2 } })
    define(it, { ...BY, treatMissingData: 'breaching' })
    await until(it, '12:01:01')
    expect([state(it).value, state(it).reason, contributors(it)]).toEqual(['ALARM', '1 out of 2 contributors evaluated to ALARM', ['a ALARM']])
    await until(it, '12:02:01')
    expect(contributors(it)).toEqual(['b ALARM'])
    await until(it, '12:04:01')
    expect([state(it).value, contributors(it)]).toEqual(['OK', []])
    expect(it.sent).toEqual(['errors ALARM', 'errors ALARM', 'errors OK', 'errors OK'])
  })
  it('none at all is what missing results are', async () => {
    for (const [treatMissingData, expected] of [['missing', 'INSUFFICIENT_DATA'], ['notBreaching', 'OK'], ['breaching', 'ALARM'], ['ignore', 'OK']] as const) {
      const it = await house('12:00:50')
      define(it, { ...BY, treatMissingData })
      it.set('errors', 'OK')
      await until(it, '12:02:01')
      expect(state(it).value).toBe(expected)
    }
  })
  it('says that there were more than it looks at', async () => {
    const it = await house('12:00:50')
    it.logs = () => of(Object.fromEntries(Array.from({ length: 501 }, (_, i) => [`h${i}`, 1])))
    define(it, BY)
    await until(it, '12:01:01')
    expect(it.searches[0]!.limit).toBe(501)
    expect(state(it)).toMatchObject({ value: 'OK', evaluation: 'PARTIAL_DATA', reason: '0 out of 500 contributors evaluated to ALARM' })
  })
  it('a query that cannot be run is insufficient data; contributors wait', async () => {
    const it = await house('12:00:50')
    it.logs = () => of({ a: 99 })
    define(it, BY)
    await until(it, '12:01:01')
    it.logs = () => 'no such group'
    await until(it, '12:02:01')
    expect([state(it).value, state(it).reason, state(it).evaluation, contributors(it)]).toEqual(['INSUFFICIENT_DATA', 'no such group', 'EVALUATION_ERROR', ['a ALARM']])
  })
})

describe('lines in messages', () => {
  const lines = (it: House) => it.committed.flatMap(({ publications }) => publications.map(({ alarm }) => alarm?.logs?.lines))
  const isSample = ({ text }: LogSearchRequest): boolean => !text.includes('stats')
  const event = (message: string): LogRow => [{ field: '@timestamp', value: '2025-03-01 12:00:30.000' }, { field: '@message', value: message }, { field: '@ptr', value: 'x' }]

  it('are those of the newest run, as many as are wanted', async () => {
    const it = await house('12:00:50')
    it.logs = search => (isSample(search) ? [event('it broke\n  at once'), [{ field: 'a', value: '1' }, { field: 'b', value: 'x' }]] : value(99))
    define(it, { lines: 2, linesRole: 'role', evaluationPeriods: 1, datapointsToAlarm: 1 })
    await until(it, '12:01:01')
    expect(it.searches.filter(isSample)).toMatchObject([{ text: 'fields @message | filter level = "ERROR"', limit: 2 }])
    expect(lines(it)).toEqual([['2025-03-01 12:00:30.000 it broke at once', 'a=1 b=x']])
    const bodies = JSON.parse(it.committed[0]!.publications[0]!.message) as Record<string, string>
    expect(JSON.parse(bodies['default']!)).toMatchObject({ LogLines: ['2025-03-01 12:00:30.000 it broke at once', 'a=1 b=x'] })
    expect(bodies['email']).toContain('\nLog Lines:\n- 2025-03-01 12:00:30.000 it broke at once\n- a=1 b=x\n')
  })
  it("are a contributor's own", async () => {
    const it = await house('12:00:50')
    it.logs = search => (isSample(search) ? [event(search.text.split('| ').at(-1)!)] : of({ a: 99, "b'": 99 }))
    define(it, { aggregation: 'count(*) by host', lines: 1, evaluationPeriods: 1, datapointsToAlarm: 1 })
    await until(it, '12:01:01')
    expect(lines(it)).toEqual([["2025-03-01 12:00:30.000 filter host = 'a'"], ["2025-03-01 12:00:30.000 filter host = 'b\\''"]])
  })
  it('are not asked for where nobody gets them, and hold up no message where they cannot be read', async () => {
    const it = await house('12:00:50')
    it.logs = search => {
      if (isSample(search)) throw new Error('away')
      return value(99)
    }
    define(it, { evaluationPeriods: 1, datapointsToAlarm: 1 })
    await until(it, '12:01:01')
    expect(it.searches.filter(isSample)).toEqual([])
    it.delete('errors')
    define(it, { lines: 3, evaluationPeriods: 1, datapointsToAlarm: 1 })
    await until(it, '12:02:01')
    expect(it.searches.filter(isSample)).toHaveLength(1)
    expect(it.sent).toEqual(['errors ALARM', 'errors ALARM'])
  })
})
