import { describe, expect, it } from 'vitest'
import { epochSeconds, seconds } from '../../base/time.ts'
import type { AlarmStateValue, MetricAlarm } from '../../model/alarm.ts'
import { at, bandAlarm, expressionAlarm, metricAlarm, second } from './alarm.test-support.ts'
import { contributorsReason, promqlReason } from './contributor-reason.ts'
import type { Change, EvaluatedPoint } from './evaluate.ts'
import { shorterReasonData, stateReasonData } from './reason-data.ts'
import { contributorReason, stateReason } from './reason.ts'

/** Periods newest first, the first one at `newest`: a value, or `-` for a missing one. `breaches` tells which values do. */
const change = (state: AlarmStateValue, newest: string, values: string, breaches: (value: number) => boolean, period = 60): Change => ({
  kind: 'change',
  state,
  points: values.split(' ').map((text, index): EvaluatedPoint => {
    const value = text === '-' ? undefined : Number(text)
    const start = epochSeconds(second(newest) - index * period)
    return { at: start, value, samples: value === undefined ? 0 : 1, breaching: value !== undefined && breaches(value) }
  }),
})

const above = (threshold: number) => (value: number) => value > threshold
const upTo = (threshold: number) => (value: number) => value <= threshold

describe('StateReason', () => {
  it.each<readonly [string, Partial<MetricAlarm>, Change, string]>([
    ['one datapoint', {}, change('ALARM', '2025-02-02T12:05:00Z', '21.5', above(21)),
      'Threshold Crossed: 1 datapoint [21.5 (02/02/25 12:05:00)] was greater than the threshold (21.0).'],
    ['three datapoints', { evaluationPeriods: 3, comparison: 'GreaterThanOrEqualToThreshold', threshold: 2 },
      change('ALARM', '2025-02-02T12:05:00Z', '4 3 2.25', above(1)),
      'Threshold Crossed: 3 datapoints [4.0 (02/02/25 12:05:00), 3.0 (02/02/25 12:04:00), 2.25 (02/02/25 12:03:00)] were greater than or equal to the threshold (2.0).'],
    ['24 datapoints: the five newest', { evaluationPeriods: 24, threshold: 0 },
      change('ALARM', '2024-12-19T08:33:00Z', Array(24).fill('1').join(' '), above(0)),
      'Threshold Crossed: 24 datapoints were greater than the threshold (0.0). The most recent datapoints which crossed the threshold: [1.0 (19/12/24 08:33:00), 1.0 (19/12/24 08:32:00), 1.0 (19/12/24 08:31:00), 1.0 (19/12/24 08:30:00), 1.0 (19/12/24 08:29:00)].'],
    ['four are listed', { evaluationPeriods: 4, threshold: 0 }, change('ALARM', '2024-12-19T08:33:00Z', '1 2 3 4', above(0)),
      'Threshold Crossed: 4 datapoints [1.0 (19/12/24 08:33:00), 2.0 (19/12/24 08:32:00), 3.0 (19/12/24 08:31:00), 4.0 (19/12/24 08:30:00)] were greater than the threshold (0.0).'],
    ['M set', { datapointsToAlarm: 1, threshold: 50 }, change('ALARM', '2019-10-02T16:59:00Z', '99.5', above(50)),
      'Threshold Crossed: 1 out of the last 1 datapoints [99.5 (02/10/19 16:59:00)] was greater than the threshold (50.0) (minimum 1 datapoint for OK -> ALARM transition).'],
    ['M set, five', { evaluationPeriods: 5, datapointsToAlarm: 5, threshold: 65, comparison: 'LessThanThreshold' },
      change('ALARM', '2020-04-29T23:32:00Z', '0 0 0 0 0', value => value < 65),
      'Threshold Crossed: 5 out of the last 5 datapoints were less than the threshold (65.0). The most recent datapoints which crossed the threshold: [0.0 (29/04/20 23:32:00), 0.0 (29/04/20 23:31:00), 0.0 (29/04/20 23:30:00), 0.0 (29/04/20 23:29:00), 0.0 (29/04/20 23:28:00)] (minimum 5 datapoints for OK -> ALARM transition).'],
    ['M set, back to OK', { datapointsToAlarm: 1, threshold: 50 }, change('OK', '2019-10-02T17:00:00Z', '0.0667', above(50)),
      'Threshold Crossed: 1 out of the last 1 datapoints [0.0667 (02/10/19 17:00:00)] was not greater than the threshold (50.0) (minimum 1 datapoint for ALARM -> OK transition).'],
    ['3 of 5, back to OK', { evaluationPeriods: 5, datapointsToAlarm: 3, threshold: 0 },
      change('OK', '2021-12-21T06:45:00Z', '0 0 1 0 1', above(0)),
      'Threshold Crossed: 3 out of the last 5 datapoints [0.0 (21/12/21 06:45:00), 0.0 (21/12/21 06:44:00), 0.0 (21/12/21 06:42:00)] were not greater than the threshold (0.0) (minimum 3 datapoints for ALARM -> OK transition).'],
    ['2 of 4, five-minute periods', { evaluationPeriods: 4, datapointsToAlarm: 2, threshold: 10.7, period: seconds(300) },
      change('ALARM', '2022-11-08T02:40:00Z', '10.708333333333332 1 10.791661891275925 1', above(10.7), 300),
      'Threshold Crossed: 2 out of the last 4 datapoints [10.708333333333332 (08/11/22 02:40:00), 10.791661891275925 (08/11/22 02:30:00)] were greater than the threshold (10.7) (minimum 2 datapoints for OK -> ALARM transition).'],
    ['some missing', { evaluationPeriods: 8, comparison: 'LessThanOrEqualToThreshold', threshold: 0, treatMissingData: 'breaching' },
      change('OK', '2025-02-02T12:05:00Z', '2 - - - - - - -', upTo(0)),
      'Threshold Crossed: 1 datapoint [2.0 (02/02/25 12:05:00)] was not less than or equal to the threshold (0.0) and 7 missing datapoints were treated as [Breaching].'],
    ['some missing, M set, what was received speaks for it',
      { evaluationPeriods: 20, datapointsToAlarm: 1, comparison: 'GreaterThanOrEqualToThreshold', threshold: 1, treatMissingData: 'notBreaching' },
      change('ALARM', '2024-03-16T12:15:00Z', `613${' -'.repeat(19)}`, above(0)),
      'Threshold Crossed: 1 out of the last 20 datapoints [613.0 (16/03/24 12:15:00)] was greater than or equal to the threshold (1.0) and 19 missing datapoints were treated as [NonBreaching] (minimum 1 datapoint for OK -> ALARM transition).'],
    ['some missing, M set, only the missing ones speak for it', { evaluationPeriods: 3, datapointsToAlarm: 2, threshold: 0, treatMissingData: 'breaching' },
      change('ALARM', '2025-02-02T12:05:00Z', '- 0 -', above(0)),
      'Threshold Crossed: 1 datapoint was received for 3 periods and 2 missing datapoints were treated as [Breaching].'],
    ['two received, one missing', { evaluationPeriods: 3, threshold: 0, treatMissingData: 'notBreaching' },
      change('OK', '2025-02-02T12:05:00Z', '5 5 -', above(0)),
      'Threshold Crossed: 2 datapoints were received for 3 periods and 1 missing datapoint was treated as [NonBreaching].'],
    ['all missing, breaching', { evaluationPeriods: 2, treatMissingData: 'breaching' }, change('ALARM', '2025-02-02T12:05:00Z', '- -', above(0)),
      'Threshold Crossed: no datapoints were received for 2 periods and 2 missing datapoints were treated as [Breaching].'],
    ['all missing, not breaching', { treatMissingData: 'notBreaching' }, change('OK', '2025-02-02T12:05:00Z', '-', above(0)),
      'Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as [NonBreaching].'],
    ['all missing', { evaluationPeriods: 5 }, change('INSUFFICIENT_DATA', '2025-02-02T12:05:00Z', '- - - - -', above(0)),
      'Insufficient Data: 5 datapoints were unknown.'],
    ['the only one missing', { treatMissingData: 'missing' }, change('INSUFFICIENT_DATA', '2025-02-02T12:05:00Z', '-', above(0)),
      'Insufficient Data: 1 datapoint was unknown.'],
    ['a premature alarm that has waited long enough', { evaluationPeriods: 3 }, change('ALARM', '2025-02-02T12:05:00Z', '- - 30', above(21)),
      'Threshold Crossed: 1 datapoint [30.0 (02/02/25 12:03:00)] was greater than the threshold (21.0).'],
    ['large numbers', { threshold: 1e7 }, change('ALARM', '2025-02-02T12:05:00Z', '15078544179.2', above(1e7)),
      'Threshold Crossed: 1 datapoint [1.50785441792E10 (02/02/25 12:05:00)] was greater than the threshold (1.0E7).'],
  ])('%s', (_, alarm, found, text) => expect(stateReason(metricAlarm(alarm), found)).toBe(text))
})

/** Each period's value with the limits 1 and 2, newest first. */
const bandChange = (state: AlarmStateValue, values: string): Change => {
  const found = change(state, '2019-10-02T16:59:00Z', values, value => value < 1 || value > 2)
  return { ...found, points: found.points.map(point => (point.value === undefined ? point : { ...point, lower: 1, upper: 2 })) }
}

describe('StateReason of bands', () => {
  it.each<readonly [string, Parameters<typeof bandAlarm>[0], Change, string]>([
    ['both sides, as recorded', { datapointsToAlarm: 1 },
      { ...bandChange('ALARM', '0'), points: [{ at: second('2019-10-02T16:59:00Z'), value: 0, samples: 0, breaching: true, lower: 0.0206, upper: 0.3007 }] },
      'Thresholds Crossed: 1 out of the last 1 datapoints [0.0 (02/10/19 16:59:00)] was less than the lower thresholds [0.0206] or greater than the upper thresholds [0.3007] (minimum 1 datapoint for OK -> ALARM transition).'],
    ['back to OK, as recorded', { datapointsToAlarm: 1 }, bandChange('OK', '1.5'),
      'Thresholds Crossed: 1 out of the last 1 datapoints [1.5 (02/10/19 16:59:00)] was not less than the lower thresholds [1.0] or not greater than the upper thresholds [2.0] (minimum 1 datapoint for ALARM -> OK transition).'],
    ['above', { limit: { kind: 'band', comparison: 'GreaterThanUpperThreshold', metricId: 'ad1' }, evaluationPeriods: 2 }, bandChange('ALARM', '3 4'),
      'Thresholds Crossed: 2 datapoints [3.0 (02/10/19 16:59:00), 4.0 (02/10/19 16:58:00)] were greater than the upper thresholds [2.0, 2.0].'],
    ['below, with gaps', { limit: { kind: 'band', comparison: 'LessThanLowerThreshold', metricId: 'ad1' }, evaluationPeriods: 2, treatMissingData: 'breaching' }, bandChange('ALARM', '0 -'),
      'Thresholds Crossed: 1 datapoint [0.0 (02/10/19 16:59:00)] was less than the lower thresholds [1.0] and 1 missing datapoint was treated as [Breaching].'],
    ['nothing there', {}, bandChange('INSUFFICIENT_DATA', '-'), 'Insufficient Data: 1 datapoint was unknown.'],
  ])('%s', (_, alarm, found, text) => expect(stateReason(bandAlarm(alarm), found)).toBe(text))
})

describe('StateReason of many series', () => {
  it('one of them, as recorded', () => {
    const limit = { kind: 'static', comparison: 'LessThanThreshold', threshold: 1 } as const
    expect(contributorReason(expressionAlarm({ limit }), change('ALARM', '2025-12-01T13:34:00Z', '0', value => value < 1))).toBe(
      'Threshold Crossed: 1 datapoint was less than the threshold (1.0). The most recent datapoint which crossed the threshold: [0.0 (01/12/25 13:34:00)].',
    )
    expect(contributorReason(expressionAlarm({ limit, evaluationPeriods: 2 }), change('ALARM', '2025-12-01T13:34:00Z', '0 0.5', value => value < 1))).toBe(
      'Threshold Crossed: 2 datapoints were less than the threshold (1.0). The most recent datapoints which crossed the threshold: [0.0 (01/12/25 13:34:00), 0.5 (01/12/25 13:33:00)].',
    )
  })
  it.each([[95, 150, '95 out of 150 time series evaluated to ALARM'], [0, 3, '0 out of 3 time series evaluated to ALARM'], [99, 500, '99 out of 500 time series evaluated to ALARM'],
    [100, 500, '100+ time series evaluated to ALARM']])('%i of %i: %s', (alarming, series, text) => expect(contributorsReason(alarming, series)).toBe(text))
  it.each([[95, '95 time series evaluated to ALARM'], [0, '0 time series evaluated to ALARM'], [100, '100+ time series evaluated to ALARM']])('PromQL, %i: %s', (alarming, text) =>
    expect(promqlReason(alarming)).toBe(text))
})

describe('StateReasonData', () => {
  const queried = at('2025-02-02T12:06:35.472Z')

  it('one datapoint, with unit', () => {
    const alarm = metricAlarm({ unit: 'Seconds' })
    const points: EvaluatedPoint[] = [{ at: second('2025-02-02T12:05:00Z'), value: 21.5, samples: 2, breaching: true }]
    expect(stateReasonData(alarm, points, queried)).toBe(
      '{"version":"1.0","queryDate":"2025-02-02T12:06:35.472+0000","startDate":"2025-02-02T12:05:00.000+0000","unit":"Seconds","statistic":"Average","period":60,"recentDatapoints":[21.5],"threshold":21.0,"evaluatedDatapoints":[{"timestamp":"2025-02-02T12:05:00.000+0000","sampleCount":2.0,"value":21.5}]}',
    )
  })
  it('recent datapoints oldest first, evaluated ones newest first', () => {
    const { points } = change('ALARM', '2025-02-02T12:05:00Z', '3 - 1', above(0))
    expect(stateReasonData(metricAlarm({ evaluationPeriods: 3 }), points, queried)).toBe(
      '{"version":"1.0","queryDate":"2025-02-02T12:06:35.472+0000","startDate":"2025-02-02T12:03:00.000+0000","statistic":"Average","period":60,"recentDatapoints":[1.0,3.0],"threshold":21.0,"evaluatedDatapoints":[{"timestamp":"2025-02-02T12:05:00.000+0000","sampleCount":1.0,"value":3.0},{"timestamp":"2025-02-02T12:04:00.000+0000"},{"timestamp":"2025-02-02T12:03:00.000+0000","sampleCount":1.0,"value":1.0}]}',
    )
  })
  it('nothing received: two bare times and no start', () => {
    const { points } = change('ALARM', '2025-02-02T12:05:00Z', '- -', above(0))
    expect(stateReasonData(metricAlarm({ evaluationPeriods: 2 }), points, queried)).toBe(
      '{"version":"1.0","queryDate":"2025-02-02T12:06:35.472+0000","statistic":"Average","period":60,"recentDatapoints":[],"threshold":21.0,"evaluatedDatapoints":[{"timestamp":"2025-02-02T12:05:00.000+0000"},{"timestamp":"2025-02-02T12:04:00.000+0000"}]}',
    )
  })
  it.each([100, 1440])('%i datapoints fit into 4000 characters, the newest of them', count => {
    const { points } = change('ALARM', '2025-02-02T12:05:00Z', Array(count).fill('0.12345678901234567').join(' '), above(0))
    const text = stateReasonData(metricAlarm({ evaluationPeriods: count }), points, queried)
    expect(text.length).toBeLessThanOrEqual(4000)
    expect(text.length).toBeGreaterThan(3700)
    const data = JSON.parse(text) as { evaluatedDatapoints: { timestamp: string }[] }
    expect(data.evaluatedDatapoints[0]?.timestamp).toBe('2025-02-02T12:05:00.000+0000')
  })
  it('an expression has neither unit nor statistic nor samples', () => {
    const { points } = change('ALARM', '2025-02-02T12:05:00Z', '0.75', above(0))
    expect(stateReasonData(expressionAlarm(), points, queried)).toBe(
      '{"version":"1.0","queryDate":"2025-02-02T12:06:35.472+0000","startDate":"2025-02-02T12:05:00.000+0000","period":60,"recentDatapoints":[0.75],"threshold":0.5,"evaluatedDatapoints":[{"timestamp":"2025-02-02T12:05:00.000+0000","value":0.75}]}',
    )
  })
  it('a band has its limits in the place of the threshold, oldest first', () => {
    const points: EvaluatedPoint[] = [
      { at: second('2025-02-02T12:05:00Z'), value: 5, samples: 0, breaching: true, lower: 1, upper: 2.5 },
      { at: second('2025-02-02T12:04:00Z'), value: undefined, samples: 0, breaching: false },
      { at: second('2025-02-02T12:03:00Z'), value: 4, samples: 0, breaching: true, upper: 2 },
    ]
    expect(stateReasonData(bandAlarm(), points, queried)).toContain(
      '"recentDatapoints":[4.0,5.0],"recentLowerThresholds":[null,1.0],"recentUpperThresholds":[2.0,2.5],"evaluatedDatapoints":[',
    )
  })
  it('is cut to a smaller room at a datapoint', () => {
    const { points } = change('ALARM', '2025-02-02T12:05:00Z', '3 2 1', above(0))
    const text = stateReasonData(metricAlarm({ evaluationPeriods: 3 }), points, queried)
    for (let limit = text.length + 1; limit > 240; limit--) {
      const cut = shorterReasonData(text, limit)!
      expect(cut.length).toBeLessThanOrEqual(limit)
      expect(JSON.parse(cut)).toMatchObject({ recentDatapoints: [1, 2, 3] })
    }
    expect(shorterReasonData(text, 100)).toBeUndefined()
    expect(shorterReasonData('{"mine":"anything else"}', 10)).toBeUndefined()
  })
})
