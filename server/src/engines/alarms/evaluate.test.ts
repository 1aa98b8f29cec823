import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { epochSeconds, seconds } from '../../base/time.ts'
import type { AlarmStateValue, BandComparison, MissingDataTreatment, StaticComparison } from '../../model/alarm.ts'
import { parseStatistic } from '../statistics/parse.ts'
import { bandAlarm, expressionAlarm, metricAlarm, storedQuery } from './alarm.test-support.ts'
import { evaluationRange } from './decide.ts'
import { evaluate, explain, isFilled, judge, type EvaluationWindow, type Rule } from './evaluate.ts'
import { samplesNeeded } from './low-samples.ts'
import { referencePeriod, referenceState, type Period } from './reference-evaluator.test-support.ts'
import { ruleOf as compiled } from './rule.ts'
import { classify, type Limit } from './slots.ts'

const TREATMENTS = ['missing', 'ignore', 'breaching', 'notBreaching'] as const
const STATES = ['OK', 'ALARM', 'INSUFFICIENT_DATA'] as const

/** A window in a few characters, oldest first: `X` breaches (> 0), `0` does not, `-` has no data. */
const drawn = (slots: string, samples = 1): EvaluationWindow => {
  const marks = slots.split(' ')
  return {
    values: Float64Array.from(marks, mark => (mark === 'X' ? 1 : mark === '0' ? 0 : NaN)),
    counts: Float64Array.from(marks, mark => (mark === '-' ? 0 : samples)),
    length: marks.length,
    start: epochSeconds(0),
    period: seconds(60),
  }
}

const ruleOf = (m: number, n: number, treatment: MissingDataTreatment, needed = 0): Rule => ({
  quorum: { evaluationPeriods: n, datapointsToAlarm: m, treatment },
  limit: { kind: 'static', comparison: 'GreaterThanThreshold', threshold: 0 },
  samplesNeeded: needed,
})

const stateAfter = (rule: Rule, window: EvaluationWindow, current: AlarmStateValue): AlarmStateValue => {
  const outcome = evaluate(rule, window, current)
  return outcome.kind === 'keep' ? current : outcome.state
}

/** `keep`: the state stays as it was, whichever it was. */
const expectState = (rule: Rule, slots: string, expected: string): void => {
  for (const current of STATES) expect(stateAfter(rule, drawn(slots), current), current).toBe(expected === 'keep' ? current : expected)
}

const OF = { OK: 'OK', AL: 'ALARM', ID: 'INSUFFICIENT_DATA', keep: 'keep' } as const
type Mark = keyof typeof OF

describe('the documented tables of missing data, N = 3', () => {
  it.each<readonly [number, string, Mark, Mark, Mark, Mark]>([
    // M  slots         missing ignore breaching notBreaching
    [3, '0 - X - X', 'OK', 'OK', 'OK', 'OK'],
    [3, '0 - - - -', 'OK', 'OK', 'OK', 'OK'],
    [3, '- - - - -', 'ID', 'keep', 'AL', 'OK'],
    [3, '0 X X - X', 'AL', 'AL', 'AL', 'AL'],
    [3, '- - X - -', 'AL', 'keep', 'AL', 'OK'],
    [2, '0 - X - X', 'AL', 'AL', 'AL', 'AL'],
    [2, '0 0 X 0 X', 'AL', 'AL', 'AL', 'AL'],
    [2, '0 - X - -', 'OK', 'OK', 'AL', 'OK'],
    [2, '- - - - 0', 'OK', 'OK', 'AL', 'OK'],
    [2, '- - - X -', 'AL', 'keep', 'AL', 'OK'],
    [3, '- - - - X', 'keep', 'keep', 'AL', 'OK'],
    [3, '- - - X -', 'keep', 'keep', 'AL', 'OK'],
  ])('M = %i, %s → missing %s, ignore %s, breaching %s, notBreaching %s', (m, slots, ...expected) => {
    TREATMENTS.forEach((treatment, column) => expectState(ruleOf(m, 3, treatment), slots, OF[expected[column]!]))
  })
})

it('N = 8, `<= 0` breaches: one value of 2.0 and seven missing ones treated as breaching are OK (recorded)', () => {
  const window = drawn('- - - - - - - - - X')
  window.values[9] = 2
  const rule: Rule = { ...ruleOf(8, 8, 'breaching'), limit: { kind: 'static', comparison: 'LessThanOrEqualToThreshold', threshold: 0 } }
  expect(stateAfter(rule, window, 'ALARM')).toBe('OK')
})

describe('comparisons', () => {
  it.each<readonly [StaticComparison, string, string, string]>([
    ['GreaterThanThreshold', 'OK', 'OK', 'ALARM'],
    ['GreaterThanOrEqualToThreshold', 'OK', 'ALARM', 'ALARM'],
    ['LessThanThreshold', 'ALARM', 'OK', 'OK'],
    ['LessThanOrEqualToThreshold', 'ALARM', 'ALARM', 'OK'],
  ])('%s: below %s, at %s, above %s', (comparison, ...expected) => {
    const rule: Rule = { ...ruleOf(1, 1, 'missing'), limit: { kind: 'static', comparison, threshold: 5 } }
    for (const [index, value] of [4.999, 5, 5.001].entries()) {
      const window = drawn('- - X')
      window.values[2] = value
      expect(stateAfter(rule, window, 'INSUFFICIENT_DATA')).toBe(expected[index])
    }
  })
})

describe('percentiles with few samples', () => {
  it.each([
    [99, 1000], [90, 100], [10, 100], [50, 20], [99.9, 10_000], [0.1, 10_000], [75, 40], [0, 0], [100, 0], [undefined, 0],
  ])('p%s needs %i samples', (percent, needed) => expect(samplesNeeded(percent)).toBe(needed))

  it.each([
    ['- - X', 999, 'keep'],
    ['- - X', 1000, 'ALARM'],
    ['- - 0', 999, 'keep'],
    ['- - -', 0, 'INSUFFICIENT_DATA'],
  ])('p99 %s with %i samples a period → %s', (slots, samples, expected) => {
    const rule = ruleOf(1, 1, 'missing', 1000)
    for (const current of STATES) {
      expect(stateAfter(rule, drawn(slots, samples), current)).toBe(expected === 'keep' ? current : expected)
    }
  })
  it.each([
    ['- - - - X', 'keep'],
    ['X - - - -', 'keep'],
    ['X X - - -', 'ALARM'],
    ['0 0 - X X', 'ALARM'],
  ])('1 of 3 with 500 samples a period: %s → %s', (slots, expected) => expect(judge(ruleOf(1, 3, 'notBreaching', 1000), drawn(slots, 500))).toBe(expected))
  it('looks past gaps, and not past the window', () => {
    expect(judge(ruleOf(1, 1, 'missing', 1000), drawn('- X -', 999))).toBe('keep')
    const longer = drawn('- - X X', 999)
    judge(ruleOf(1, 1, 'missing', 1000), longer)
    expect(judge(ruleOf(1, 2, 'notBreaching', 1000), { ...longer, length: 3 })).toBe('keep')
  })
  it('counts the samples of all periods that decide, and of no other', () => {
    expect(stateAfter(ruleOf(2, 2, 'missing', 1000), drawn('0 - X X', 500), 'OK')).toBe('ALARM')
    expect(stateAfter(ruleOf(2, 2, 'missing', 1000), drawn('0 X X X', 499), 'OK')).toBe('OK')
  })
})

describe('the periods that a change is explained with', () => {
  it.each([
    // N, treatment, slots (the oldest is period 0), periods named newest first
    [3, 'missing', '0 X X - X', '4 2 1'],
    [3, 'breaching', '- - - - -', '4- 3- 2-'],
    [3, 'breaching', '0 - X - -', '4- 2 0'],
    [1, 'missing', '0 X -', '1'],
    [2, 'missing', '- - - -', '3- 2-'],
  ] as const)('N = %i, %s, %s → %s', (n, treatment, slots, expected) => {
    for (const current of STATES) {
      const outcome = evaluate(ruleOf(Math.min(n, 2), n, treatment), drawn(slots), current)
      if (outcome.kind === 'keep') continue
      expect(outcome.points.map(point => `${point.at / 60}${point.value === undefined ? '-' : ''}`).join(' ')).toBe(expected)
    }
    expect.hasAssertions()
  })
  it('carry value, samples and whether they breach', () => {
    expect(evaluate(ruleOf(1, 2, 'missing'), drawn('- 0 X', 7), 'OK')).toStrictEqual({
      kind: 'change',
      state: 'ALARM',
      points: [
        { at: 120, value: 1, samples: 7, breaching: true },
        { at: 60, value: 0, samples: 7, breaching: false },
      ],
    })
  })
})

const BANDS = ['LessThanLowerOrGreaterThanUpperThreshold', 'LessThanLowerThreshold', 'GreaterThanUpperThreshold'] as const

/** Values between limits, each `lower,value,upper`, oldest first; `-` where there is none. */
const banded = (slots: string): EvaluationWindow => {
  const parts = slots.split(' ').map(slot => slot.split(',').map(text => (text === '-' ? NaN : Number(text))))
  const column = (index: number) => Float64Array.from(parts, part => part[index]!)
  return { ...drawn(parts.map(() => 'X').join(' ')), lower: column(0), values: column(1), upper: column(2) }
}

describe('bands', () => {
  it.each<readonly [string, string, string, string]>([
    // lower,value,upper  outside  below  above
    ['1,0.9,2', 'ALARM', 'ALARM', 'OK'],
    ['1,1,2', 'OK', 'OK', 'OK'],
    ['1,2,2', 'OK', 'OK', 'OK'],
    ['1,2.1,2', 'ALARM', 'OK', 'ALARM'],
    ['1,-,2', 'INSUFFICIENT_DATA', 'INSUFFICIENT_DATA', 'INSUFFICIENT_DATA'],
    ['-,1.5,-', 'INSUFFICIENT_DATA', 'INSUFFICIENT_DATA', 'INSUFFICIENT_DATA'],
    ['-,1.5,2', 'INSUFFICIENT_DATA', 'INSUFFICIENT_DATA', 'OK'],
    ['-,2.5,2', 'ALARM', 'INSUFFICIENT_DATA', 'ALARM'],
    ['1,1.5,-', 'INSUFFICIENT_DATA', 'OK', 'INSUFFICIENT_DATA'],
    ['1,0.5,-', 'ALARM', 'ALARM', 'INSUFFICIENT_DATA'],
  ])('%s: outside %s, below %s, above %s', (slot, ...expected) => {
    BANDS.forEach((comparison, column) => {
      const rule: Rule = { ...ruleOf(1, 1, 'missing'), limit: { kind: 'band', comparison } }
      const current = expected[column] === 'OK' ? 'ALARM' : 'OK'
      expect(stateAfter(rule, banded(slot), current), comparison).toBe(expected[column])
    })
  })
  it('a window without limits is one without data', () => {
    for (const comparison of BANDS) {
      const rule: Rule = { ...ruleOf(1, 1, 'breaching'), limit: { kind: 'band', comparison } }
      expect(stateAfter(rule, drawn('- - X'), 'OK'), comparison).toBe('ALARM')
    }
  })
  it('the points that explain a change carry the limits they were held against', () => {
    const rule: Rule = { ...ruleOf(1, 3, 'missing'), limit: { kind: 'band', comparison: 'GreaterThanUpperThreshold' } }
    expect(evaluate(rule, banded('1,5,2 1,-,2 -,1,2'), 'OK')).toStrictEqual({
      kind: 'change',
      state: 'ALARM',
      points: [
        { at: 120, value: 1, samples: 1, breaching: false, upper: 2 },
        { at: 60, value: undefined, samples: 0, breaching: false },
        { at: 0, value: 5, samples: 1, breaching: true, lower: 1, upper: 2 },
      ],
    })
  })
  it('agree with the reference on 5,000 random cases', () => {
    const limit = fc.option(fc.integer({ min: 0, max: 4 }), { nil: undefined })
    const random = fc.record({
      comparison: fc.constantFrom<BandComparison>(...BANDS),
      evaluationPeriods: fc.integer({ min: 1, max: 5 }),
      treatment: fc.constantFrom(...TREATMENTS),
      current: fc.constantFrom(...STATES),
      slots: fc.array(fc.tuple(limit, limit, limit), { minLength: 7, maxLength: 7 }),
    })
    fc.assert(
      fc.property(random, ({ comparison, evaluationPeriods, treatment, current, slots }) => {
        const window = banded(slots.map(slot => slot.map(part => part ?? '-').join(',')).join(' '))
        const rule: Rule = { ...ruleOf(1, evaluationPeriods, treatment), limit: { kind: 'band', comparison } }
        const periods = slots.map(([lower, value, upper]) => referencePeriod(comparison, value, lower, upper))
        expect(stateAfter(rule, window, current)).toBe(referenceState({ evaluationPeriods, datapointsToAlarm: 1, treatment, current, periods }))
      }),
      { numRuns: 5_000 },
    )
  })
})

describe('rules compiled from definitions', () => {
  const p99 = parseStatistic('p99')
  const dynamo = { namespace: 'AWS/DynamoDB', name: 'ThrottledRequests', dimensions: [] }
  it.each([
    ['M is N where it is not set', compiled(metricAlarm({ evaluationPeriods: 3 })), { quorum: { evaluationPeriods: 3, datapointsToAlarm: 3, treatment: 'missing' } }],
    ['M as set', compiled(metricAlarm({ evaluationPeriods: 3, datapointsToAlarm: 2 })), { quorum: { datapointsToAlarm: 2 } }],
    ['DynamoDB ignores', compiled(metricAlarm({ metric: dynamo })), { quorum: { treatment: 'ignore' } }],
    ['DynamoDB does what it is told', compiled(metricAlarm({ metric: dynamo, treatMissingData: 'missing' })), { quorum: { treatment: 'missing' } }],
    ['math over DynamoDB ignores', compiled(expressionAlarm({ queries: [storedQuery('m1', { stored: { ...storedQuery('m1').stored!, metric: dynamo } })] })), { quorum: { treatment: 'ignore' } }],
    ['an expression', compiled(expressionAlarm()), { limit: { kind: 'static', comparison: 'GreaterThanThreshold', threshold: 0.5 }, samplesNeeded: 0 }],
    ['an expression has no samples to be too few', compiled(expressionAlarm({ evaluateLowSampleCountPercentile: 'ignore' })), { samplesNeeded: 0 }],
    ['a band', compiled(bandAlarm()), { limit: { kind: 'band', comparison: 'LessThanLowerOrGreaterThanUpperThreshold' } }],
    ['few samples', compiled(metricAlarm({ evaluateLowSampleCountPercentile: 'ignore' }), p99.ok ? p99.statistic : undefined), { samplesNeeded: 1000 }],
    ['few samples, evaluated', compiled(metricAlarm(), p99.ok ? p99.statistic : undefined), { samplesNeeded: 0 }],
  ])('%s', (_, rule, expected) => expect(rule).toMatchObject(expected))
})

it('agrees with the reference on 20,000 random cases', () => {
  const marks = { breaching: 'X', fine: '0', missing: '-' } as const
  const random = fc
    .integer({ min: 1, max: 12 })
    .chain(n => {
      const periods = (weights: readonly Period[]) =>
        fc.array(fc.constantFrom(...weights), { minLength: evaluationRange(n), maxLength: evaluationRange(n) })
      return fc.record({
        evaluationPeriods: fc.constant(n),
        datapointsToAlarm: fc.integer({ min: 1, max: n }),
        treatment: fc.constantFrom(...TREATMENTS),
        current: fc.constantFrom(...STATES),
        // Evenly mixed windows hardly ever lack data: half of the cases are made of gaps mostly.
        periods: fc.oneof(
          periods(['breaching', 'fine', 'missing']),
          periods(['missing', 'missing', 'missing', 'missing', 'breaching', 'fine']),
          periods(['missing', 'missing', 'missing', 'missing', 'breaching']),
        ),
      })
    })
  fc.assert(
    fc.property(random, test => {
      const window = drawn(test.periods.map(period => marks[period]).join(' '))
      const rule = ruleOf(test.datapointsToAlarm, test.evaluationPeriods, test.treatment)
      expect(stateAfter(rule, window, test.current)).toBe(referenceState(test))
    }),
    { numRuns: 20_000 },
  )
})

it('looks only at the window, whatever an earlier and longer one has left behind', () => {
  const long = drawn(Array(202).fill('X').join(' '))
  expect(stateAfter(ruleOf(200, 200, 'missing'), long, 'OK')).toBe('ALARM')
  const empty = evaluate(ruleOf(3, 3, 'missing'), drawn('- - - - -'), 'ALARM')
  expect(empty).toMatchObject({ state: 'INSUFFICIENT_DATA', points: [{ at: 240 }, { at: 180 }, { at: 120 }] })
})

it('explains the window that it is given, whichever was judged last', () => {
  const rule = ruleOf(1, 1, 'missing')
  const window = drawn('0 0 X')
  judge(rule, window)
  const explained = explain(rule, window, 'ALARM')
  judge(rule, drawn('- - -'))
  expect(explain(rule, window, 'ALARM')).toEqual(explained)
})

it('keeps a state that it would only repeat', () => {
  expect(evaluate(ruleOf(1, 1, 'missing'), drawn('0 0 X'), 'ALARM')).toEqual({ kind: 'keep' })
})

it.each<Limit>([
  ...(['GreaterThanThreshold', 'GreaterThanOrEqualToThreshold', 'LessThanThreshold', 'LessThanOrEqualToThreshold'] as const).map(
    comparison => ({ kind: 'static', comparison, threshold: 0 }) as const),
  ...BANDS.map(comparison => ({ kind: 'band', comparison }) as const),
])('classifies no more than the window holds: %j', limit => {
  const out = Uint8Array.from([7, 7, 7])
  classify(limit, { ...drawn('- - X'), length: 2 }, out)
  expect([...out]).toEqual([0, 0, 7])
})

it('looks at two periods more than it evaluates', () => expect([1, 3, 10].map(evaluationRange)).toEqual([3, 5, 12]))

describe('data fill a window', () => {
  it.each([
    ['0 0 X', 3, true], ['0 - X', 3, false], ['- - -', 1, false], ['- X -', 1, true], ['0 - X - 0', 3, true], ['0 - X - -', 3, false],
  ] as const)('%s, N = %i: %s', (slots, n, expected) => {
    // Memory of windows is used again: what lies behind the window's end is of another one.
    const window = { ...drawn(`${slots} 0 0 0`), length: slots.split(' ').length }
    expect(isFilled(ruleOf(1, n, 'missing'), window)).toBe(expected)
  })
})
