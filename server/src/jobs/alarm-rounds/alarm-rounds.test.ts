import { afterEach, describe, expect, it } from 'vitest'
import { seconds } from '../../base/time.ts'
import { topic } from '../../engines/alarms/alarm.test-support.ts'
import { House } from './house.test-support.ts'

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

const TEN_SECONDS = { period: seconds(10) }

describe('a minute alarm', () => {
  it('breaches at the period’s end, within the grace; is well again a minute later', async () => {
    const it = await house('12:00:20')
    it.alarm('cpu')
    it.put(99, '12:00:30')
    it.put(1, '12:01:30')
    await it.until('12:01:00.199')
    expect(it.story).toEqual([])
    await it.until('12:01:00.201')
    expect(it.story).toEqual(['12:01:00 cpu ALARM'])
    expect(it.reason('cpu')).toBe('Threshold Crossed: 1 datapoint [99.0 (01/03/25 12:00:00)] was greater than the threshold (10.0).')
    await it.until('12:02:30')
    expect(it.story).toEqual(['12:01:00 cpu ALARM', '12:02:00 cpu OK'])
    expect(it.sent).toEqual(['cpu ALARM', 'cpu OK'])
  })
  it('stays in ALARM without a second message while the breach lasts', async () => {
    const it = await house('12:00:20')
    it.alarm('cpu')
    it.fill(99, '12:00:00', '12:30:00')
    await it.until('12:30:00.900')
    expect(it.sent).toEqual(['cpu ALARM'])
  })
  it('looks at windows that slide by the minute', async () => {
    const it = await house('12:04:50')
    it.alarm('cpu', { period: seconds(300), statistic: 'Sum', threshold: 4 })
    it.fill(1, '12:01:00', '12:06:00')
    await it.until('12:05:30')
    // 12:00–12:05 holds four of them, 12:01–12:06 all five.
    expect(it.state('cpu')).toBe('OK')
    await it.until('12:06:30')
    expect(it.story.at(-1)).toBe('12:06:00 cpu ALARM')
  })
  it('counts a late datapoint at the next instant', async () => {
    const it = await house('12:00:20')
    it.alarm('cpu')
    it.put(1, '12:00:30')
    await it.until('12:02:30')
    it.put(99, '12:01:30')
    await it.until('12:03:10')
    expect(it.story).toEqual(['12:01:00 cpu OK', '12:03:00 cpu ALARM'])
  })
})

describe('missing data', () => {
  it.each([
    ['missing', 'INSUFFICIENT_DATA', 'Insufficient Data: 1 datapoint was unknown.'],
    ['breaching', 'ALARM', 'Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as [Breaching].'],
    ['notBreaching', 'OK', 'Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as [NonBreaching].'],
    ['ignore', 'OK', 'Threshold Crossed: 1 datapoint [1.0 (01/03/25 12:00:00)] was not greater than the threshold (10.0).'],
  ] as const)('%s ends in %s', async (treatMissingData, state, reason) => {
    const it = await house('12:00:50')
    it.alarm('cpu', { treatMissingData })
    it.put(1, '12:00:55')
    await it.until('12:10:00')
    expect(it.state('cpu')).toBe(state)
    expect(it.reason('cpu')).toBe(reason)
  })
  it('an alarm that never had data says nothing', async () => {
    const it = await house('12:00:50')
    it.alarm('cpu')
    await it.until('12:10:00')
    expect(it.story).toEqual([])
  })
})

describe('a ten-second alarm', () => {
  it('is evaluated within ten seconds of its creation, and every ten seconds', async () => {
    const it = await house('12:00:00')
    it.fill(99, '12:00:00', '12:00:20', 10)
    it.fill(1, '12:00:20', '12:01:00', 10)
    await it.until('12:00:13')
    it.alarm('cpu', TEN_SECONDS)
    await it.until('12:00:20.400')
    expect(it.story).toEqual(['12:00:20 cpu ALARM'])
    await it.until('12:00:30.400')
    expect(it.story).toEqual(['12:00:20 cpu ALARM', '12:00:30 cpu OK'])
  })
  it('of thirty seconds slides by ten', async () => {
    const it = await house('12:00:00')
    it.alarm('cpu', { period: seconds(30), statistic: 'Maximum' })
    it.put(1, '12:00:01')
    it.put(99, '12:00:39')
    await it.until('12:00:40.400')
    expect(it.story).toEqual(['12:00:10 cpu OK', '12:00:40 cpu ALARM'])
  })
})

describe('the hourly rule', () => {
  it('a window of more than a day: what fails at 10:02 is seen at 11:00', async () => {
    const it = await house('09:59:30')
    it.alarm('job', { period: seconds(3600), evaluationPeriods: 25, datapointsToAlarm: 1, statistic: 'Maximum', treatMissingData: 'notBreaching' })
    it.put(99, '10:02:00')
    await it.until('10:59:59')
    expect(it.story).toEqual(['09:59:30 job OK'])
    await it.until('11:00:01')
    expect(it.story.at(-1)).toBe('11:00:00 job ALARM')
  })
})

describe('a change by somebody else', () => {
  it('a state set by hand returns to the real one at the next evaluation', async () => {
    const it = await house('12:00:50')
    it.alarm('cpu')
    it.fill(1, '11:50:00', '12:10:00')
    await it.until('12:01:20')
    it.set('cpu', 'ALARM')
    await it.until('12:01:59')
    expect(it.state('cpu')).toBe('ALARM')
    await it.until('12:02:00.500')
    expect(it.state('cpu')).toBe('OK')
    expect(it.sent).toEqual(['cpu OK', 'cpu OK'])
  })
  it('a new definition is evaluated within ten seconds, from the state the alarm has', async () => {
    const it = await house('12:00:50')
    it.alarm('cpu')
    it.fill(5, '11:50:00', '12:10:00')
    await it.until('12:01:12')
    it.alarm('cpu', { threshold: 4 })
    await it.until('12:01:20.400')
    expect(it.story).toEqual(['12:00:50 cpu OK', '12:01:20 cpu ALARM'])
  })
  it('new actions alone change nothing', async () => {
    const it = await house('12:00:50')
    it.alarm('cpu')
    it.fill(99, '12:00:00', '12:10:00')
    await it.until('12:01:20')
    it.alarm('cpu', { alarmActions: [] })
    await it.until('12:05:00')
    expect(it.sent).toEqual(['cpu ALARM'])
  })
  it('a deleted alarm is silent', async () => {
    const it = await house('12:00:20')
    it.alarm('cpu')
    it.put(99, '12:00:30')
    await it.until('12:00:59')
    it.delete('cpu')
    await it.until('12:05:00')
    expect(it.committed).toEqual([])
  })
  it('between evaluation and commit: the state set by hand wins, and nothing is sent for the other', async () => {
    const it = await house('12:00:20')
    it.alarm('cpu')
    it.put(1, '12:00:30')
    it.put(99, '12:01:30')
    await it.until('12:01:30')
    it.commitFailure = new Error('disk full')
    await it.until('12:02:05')
    it.set('cpu', 'ALARM')
    it.commitFailure = undefined
    await it.until('12:02:55')
    expect(it.story).toEqual(['12:01:00 cpu OK'])
    expect(it.state('cpu')).toBe('ALARM')
  })
  it('deleted while its transition could not be committed', async () => {
    const it = await house('12:00:20')
    it.alarm('cpu')
    it.put(99, '12:00:30')
    it.commitFailure = new Error('disk full')
    await it.until('12:01:05')
    it.delete('cpu')
    it.commitFailure = undefined
    await it.until('12:05:00')
    expect(it.committed).toEqual([])
  })
})

describe('units', () => {
  it('without one, the alphabetically first that has data', async () => {
    const it = await house('12:00:20')
    it.alarm('cpu')
    it.put(99, '12:00:30', 'Seconds')
    it.put(1, '12:00:30', 'Count')
    await it.until('12:01:10')
    expect(it.state('cpu')).toBe('OK')
  })
  it('with another one than the data has, it never learns anything', async () => {
    const it = await house('12:00:20')
    it.alarm('cpu', { unit: 'Bytes' })
    it.put(99, '12:00:30', 'Seconds')
    await it.until('12:05:00')
    expect(it.state('cpu')).toBe('INSUFFICIENT_DATA')
  })
})

describe('a percentile', () => {
  it('is computed from the samples', async () => {
    const it = await house('12:00:20')
    it.alarm('p90', { statistic: 'p90', threshold: 9 })
    it.alarm('tm90', { statistic: 'tm90', threshold: 5 })
    for (let value = 1; value <= 10; value++) it.put(value, '12:00:30')
    await it.until('12:01:10')
    expect(it.reason('p90')).toContain('[9.1 (')
    expect(it.state('p90')).toBe('ALARM')
    expect(it.state('tm90')).toBe('OK')
  })
  it('of few samples leaves the state alone where that is asked for', async () => {
    const it = await house('12:00:20')
    it.alarm('p90', { statistic: 'p90', evaluateLowSampleCountPercentile: 'ignore' })
    it.put(99, '12:00:30')
    await it.until('12:01:10')
    expect(it.story).toEqual([])
    for (let i = 0; i < 100; i++) it.put(99, '12:01:30')
    await it.until('12:02:10')
    expect(it.story).toEqual(['12:02:00 p90 ALARM'])
  })
})

it('all alarms of an instant are one commit', async () => {
  const it = await house('12:00:20')
  for (let i = 0; i < 50; i++) it.alarm(`cpu-${i}`)
  it.put(99, '12:00:30')
  await it.until('12:01:10')
  expect(it.committed).toHaveLength(50)
  expect(it.commits).toBe(1)
})

it('listeners inside the house hear of it once it is committed', async () => {
  const it = await house('12:00:20')
  it.alarm('cpu', { actionsEnabled: false })
  it.put(99, '12:00:30')
  it.commitFailure = new Error('disk full')
  await it.until('12:01:05')
  expect(it.events).toEqual([])
  it.commitFailure = undefined
  await it.until('12:01:15')
  expect(it.events).toMatchObject([
    { 'detail-type': 'CloudWatch Alarm State Change', detail: { alarmName: 'cpu', previousState: { value: 'INSUFFICIENT_DATA' }, state: { value: 'ALARM' } } },
  ])
  expect(it.sent).toEqual([])
})

it('a topic that is gone becomes a failed action in the history', async () => {
  const it = await house('12:00:20')
  it.missingTopics.add(topic)
  it.alarm('cpu')
  it.put(99, '12:00:30')
  await it.until('12:01:10')
  expect(it.sent).toEqual([])
  expect(it.committed[0]!.history.map(item => item.summary)).toEqual([
    'Alarm updated from INSUFFICIENT_DATA to ALARM',
    `Failed to execute action ${topic}. Received error: "Topic does not exist"`,
  ])
})
