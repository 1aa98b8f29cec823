import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { epochSeconds } from '../../base/time.ts'
import type { Bucket } from '../../model/metric.ts'
import { FAMILIES, parseStatistic } from './parse.ts'
import type { Statistic } from './statistic.ts'

/** `1×3 5` → three ones and a five. */
const bucketOf = (samples: string): Bucket => {
  const pairs = samples
    .split(' ')
    .map(text => text.split('×').map(Number))
    .map(([value, weight]) => ({ value: value!, weight: weight ?? 1 }))
    .sort((a, b) => a.value - b.value)
  const values = pairs.map(pair => pair.value)
  return {
    start: epochSeconds(0),
    count: pairs.reduce((total, { weight }) => total + weight, 0),
    sum: pairs.reduce((total, { value, weight }) => total + value * weight, 0),
    minimum: Math.min(...values),
    maximum: Math.max(...values),
    values,
    weights: pairs.map(pair => pair.weight),
  }
}

const statisticSet = (count: number, sum: number, minimum: number, maximum: number): Bucket => ({
  start: epochSeconds(0), count, sum, minimum, maximum,
})

const parse = (text: string): Statistic => {
  const parsed = parseStatistic(text)
  if (!parsed.ok) throw new Error(`${text}: ${parsed.reason}`)
  return parsed.statistic
}

describe.each(FAMILIES)('$name: $usage', family => {
  it.each(family.examples)('$text of $samples is $result', ({ text, samples, result }) => {
    const value = parse(text).compute(bucketOf(samples))
    if (result === undefined) expect(value).toBeUndefined()
    else expect(value).toBeCloseTo(result, 9)
  })
  it('has help and reads its own examples itself', () => {
    expect(family.doc).not.toBe('')
    for (const { text } of family.examples) expect(family.parse(text)?.ok).toBe(true)
  })
})

describe('statistic sets', () => {
  it.each([
    ['p99', statisticSet(10, 50, 5, 5), 5],
    ['p99', statisticSet(2, 3, 1, 2), undefined],
    ['p99', statisticSet(1, 4, 4, 4), 4],
    ['TM(:90%)', statisticSet(3, 10, 5, 5), undefined],
    ['p50', statisticSet(2, -4, -2, -2), undefined],
    ['Average', statisticSet(2, 3, 1, 2), 1.5],
    ['Average', statisticSet(0, 0, 0, 0), undefined],
  ] as const)('%s of %o is %s', (text, bucket, result) => {
    expect(parse(text).compute(bucket)).toBe(result)
  })
})

describe('ten samples of 0 to 9', () => {
  it.each([
    ['Average', 4.5], ['Maximum', 9], ['Minimum', 0], ['SampleCount', 10], ['Sum', 45],
  ])('%s is %s', (text, result) => {
    expect(parse(text).compute(bucketOf('0 1 2 3 4 5 6 7 8 9'))).toBe(result)
  })
})

describe('texts', () => {
  it.each(['p0', 'p100', 'p100.0', 'p99.9999999999', 'TM90', 'tm99.5', 'tc(10:20)', 'TS(:1)', 'WM(10%:)', 'iqm', 'IQM', 'PR(0:0.5)'])(
    '%s is a statistic', text => {
      expect(parseStatistic(text)).toMatchObject({ ok: true, statistic: { text, samples: true } })
    })
  it.each([
    '', 'average', 'AVERAGE', 'Avg', 'p', 'P99', 'p101', 'p-1', 'p.5', 'p99.', 'p1.12345678901', 'p1000', 'p9 ', ' p9', 'p0x1',
    'TM', 'TM()', 'TM(:)', 'TM(%:)', 'TM(10%:90)', 'TM(10:90%)', 'TM(90%:10%)', 'TM(10%:10%)', 'TM(:101%)', 'tm101', 'tm', 'tm-5',
    'TM(1:2', 'TM 90', 'TM(a:b)', 'TM(1e3:2e3)', 'PR(10%:20%)', 'pr90', 'PR(:)', 'IQM(1:2)', 'XX(1:2)', 'TM(-1:5)', '__proto__', 'p99\n',
  ])('%j is refused with a reason', text => {
    expect(parseStatistic(text)).toMatchObject({ ok: false, reason: expect.stringMatching(/\w/) as string })
  })
  it('tells which percentile it is', () => {
    expect(parse('p99.5').percent).toBe(99.5)
    expect(parse('Average').percent).toBeUndefined()
  })
  it('never throws on any text', () => {
    fc.assert(fc.property(fc.string(), text => typeof parseStatistic(text).ok === 'boolean'))
  })
})

describe('laws', () => {
  const samples = fc
    .array(fc.record({ value: fc.integer({ min: 0, max: 1000 }), weight: fc.integer({ min: 1, max: 5 }) }), { minLength: 1, maxLength: 20 })
    .map(list => list.map(({ value, weight }) => `${value}×${weight}`).join(' '))
  const percent = fc.integer({ min: 0, max: 100 })

  it('a weight is a repetition', () => {
    fc.assert(
      fc.property(samples, fc.constantFrom('p37', 'TM(10%:80%)', 'WM(10%:80%)', 'tc33', 'TS(20%:)', 'PR(10:500)', 'IQM'), (text, name) => {
        const repeated = text.split(' ').flatMap(pair => Array<string>(Number(pair.split('×')[1])).fill(pair.split('×')[0]!)).join(' ')
        expect(parse(name).compute(bucketOf(text))).toBeCloseTo(parse(name).compute(bucketOf(repeated))!, 6)
      }),
    )
  })
  it('percentiles rise and stay between the extremes', () => {
    fc.assert(
      fc.property(samples, percent, percent, (text, a, b) => {
        const bucket = bucketOf(text)
        const low = parse(`p${Math.min(a, b)}`).compute(bucket)!
        const high = parse(`p${Math.max(a, b)}`).compute(bucket)!
        expect(low).toBeLessThanOrEqual(high)
        expect(low).toBeGreaterThanOrEqual(bucket.minimum)
        expect(high).toBeLessThanOrEqual(bucket.maximum)
      }),
    )
  })
  it('trimmed sum is trimmed mean times trimmed count', () => {
    fc.assert(
      fc.property(samples, fc.integer({ min: 0, max: 49 }), fc.integer({ min: 51, max: 100 }), (text, low, high) => {
        const bucket = bucketOf(text)
        const range = `(${low}%:${high}%)`
        const product = parse(`TM${range}`).compute(bucket)! * parse(`TC${range}`).compute(bucket)!
        expect(parse(`TS${range}`).compute(bucket)).toBeCloseTo(product, 6)
      }),
    )
  })
})
