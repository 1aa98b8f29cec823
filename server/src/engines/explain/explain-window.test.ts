import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { epochSeconds, seconds } from '../../base/time.ts'
import type { MissingDataTreatment } from '../../model/alarm.ts'
import { metricAlarm } from '../alarms/alarm.test-support.ts'
import { judge, type EvaluationWindow, type Rule } from '../alarms/evaluate.ts'
import { ruleOf } from '../alarms/rule.ts'
import { parseStatistic } from '../statistics/parse.ts'
import { explainWindow } from './explain-window.ts'

/** `X` breaching, `0` fine, `-` missing, oldest first. */
const window = (slots: string, samples = 1): EvaluationWindow => {
  const values = Float64Array.from(slots.split(' '), slot => (slot === '-' ? NaN : slot === 'X' ? 99 : 1))
  return { values, counts: Float64Array.from(values, value => (Number.isNaN(value) ? 0 : samples)), length: values.length, start: epochSeconds(600), period: seconds(60) }
}
const rule = (m: number, treatMissingData: MissingDataTreatment, n = 3): Rule =>
  ruleOf(metricAlarm({ evaluationPeriods: n, datapointsToAlarm: m, treatMissingData, threshold: 10 }))

describe('which rule decided', () => {
  it.each([
    ['- 0 X', 'ALARM', 'The newest datapoint decides, and it breaches.'],
    ['X - 0', 'OK', 'The newest datapoint decides, and it is fine.'],
  ])('%s with one of one', (slots, verdict, because) => {
    expect(explainWindow(rule(1, 'missing', 1), window(slots))).toMatchObject({ verdict, decidedBy: 'newest-datapoints', because })
  })

  it.each([
    ['0 X X - X', 3, 'missing', 'ALARM', 'newest-datapoints', 'The newest 3 datapoints decide: 3 of 3 datapoints breach, and 3 must for ALARM.'],
    ['0 X X - X', 3, 'breaching', 'ALARM', 'newest-datapoints', 'The newest 3 datapoints decide: 3 of 3 datapoints breach, and 3 must for ALARM.'],
    ['X 0 0 0 X', 2, 'missing', 'OK', 'newest-datapoints', 'The newest 3 datapoints decide: 1 of 3 datapoints breaches, and 2 must for ALARM.'],
    ['0 - - - -', 3, 'missing', 'OK', 'any-fine', 'Data is missing, and 0 of 1 datapoint breach, and 3 must for ALARM: what was received shows that all is well.'],
    ['0 - X - -', 2, 'ignore', 'OK', 'any-fine', 'Data is missing, and 1 of 2 datapoints breaches, and 2 must for ALARM: what was received shows that all is well.'],
    ['- - X - -', 3, 'missing', 'ALARM', 'old-enough', 'All that was received breaches, and the oldest of it is 3 periods old, of 3 that ALARM takes.'],
    ['- - X - -', 3, 'ignore', 'keep', 'premature', 'All that was received breaches, but it is fewer than the 3 datapoints that ALARM takes: the state stays.'],
    ['- - - X -', 3, 'missing', 'keep', 'premature', 'All that was received breaches, but it is fewer than the 3 datapoints that ALARM takes: the state stays.'],
    ['- X - X -', 2, 'missing', 'ALARM', 'enough-breaching', 'Data is missing, but 2 of 2 datapoints breach, and 2 must for ALARM.'],
    ['- - - - -', 3, 'missing', 'INSUFFICIENT_DATA', 'no-data', 'Nothing was received, which is insufficient data.'],
    ['- - - - -', 3, 'ignore', 'keep', 'no-data', 'Nothing was received, and missing data is ignored: the state stays.'],
    ['- - - - 0', 2, 'breaching', 'ALARM', 'missing-data-treatment', '2 missing periods count as breaching, as missing data is treated: 2 of 3 periods breach, and 2 must for ALARM.'],
    ['- X - - 0', 2, 'notBreaching', 'OK', 'missing-data-treatment', '1 missing period counts as not breaching, as missing data is treated: 1 of 3 periods breach, and 2 must for ALARM.'],
  ] as const)('%s, M = %i, %s: %s by %s', (slots, m, treatment, verdict, decidedBy, because) => {
    expect(explainWindow(rule(m, treatment), window(slots))).toMatchObject({ verdict, decidedBy, because })
  })

  it('too few samples for a percentile', () => {
    const parsed = parseStatistic('p99')
    if (!parsed.ok) throw new Error('p99 is a statistic')
    const p99 = ruleOf(metricAlarm({ statistic: 'p99', evaluateLowSampleCountPercentile: 'ignore', threshold: 10 }), parsed.statistic)
    expect(explainWindow(p99, window('0 0 X', 999))).toMatchObject({
      verdict: 'keep', decidedBy: 'low-samples', because: '999 samples are too few for this percentile, which needs 1000: the state stays.',
    })
    expect(explainWindow(p99, window('0 0 X', 1000))).toMatchObject({ verdict: 'ALARM', decidedBy: 'newest-datapoints' })
  })
})

describe('which periods had a say', () => {
  const considered = (slots: string): string =>
    explainWindow(rule(2, 'missing'), window(slots)).points.map(({ finding, considered: had }) => (had ? finding[0]! : finding[0]!.toUpperCase())).join('')
  it.each([
    // Newest first; capitals: no say. b breaching, f fine, m missing.
    ['0 X X - X', 'bMbbF'],
    ['X 0 0 0 X', 'bffFB'],
    ['0 - - - -', 'mmMMf'],
    ['- - - - -', 'mmmMM'],
  ])('%s: %s', (slots, expected) => expect(considered(slots)).toBe(expected))

  it('with when they began, what they were and the limits of a band', () => {
    const banded = { ...window('0 X'), lower: Float64Array.of(0, NaN), upper: Float64Array.of(5, 6) }
    expect(explainWindow({ ...rule(1, 'missing', 1), limit: { kind: 'band', comparison: 'GreaterThanUpperThreshold' } }, banded).points).toEqual([
      { at: 660, value: 99, samples: 1, lower: undefined, upper: 6, finding: 'breaching', considered: true },
      { at: 600, value: 1, samples: 1, lower: 0, upper: 5, finding: 'fine', considered: false },
    ])
  })
})

test('it never says anything else than the evaluator', () => {
  const slots = fc.array(fc.constantFrom('X', '0', '-'), { minLength: 1, maxLength: 8 })
  const treatments = fc.constantFrom<MissingDataTreatment>('missing', 'ignore', 'breaching', 'notBreaching')
  fc.assert(fc.property(slots, fc.integer({ min: 1, max: 6 }), fc.nat(5), treatments, (list, n, m, treatment) => {
    const asked = rule(1 + (m % n), treatment, n)
    const { verdict, decidedBy, points } = explainWindow(asked, window(list.join(' ')))
    expect(verdict).toBe(judge(asked, window(list.join(' '))))
    expect(verdict === 'keep').toBe(decidedBy === 'premature' || (decidedBy === 'no-data' && treatment === 'ignore'))
    // N periods had a say, or all there are.
    expect(points.filter(({ considered }) => considered)).toHaveLength(Math.min(n, Math.max(list.length, 0)))
  }), { numRuns: 2000 })
})
