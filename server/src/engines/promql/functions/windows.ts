import type { Example } from '../example.ts'
import { greatest, least, meanOf, quantileOf, sumOf, varianceOf } from '../sums.ts'
import type { Window } from '../value.ts'
import type { PromqlFunction } from './promql-function.ts'

const valuesOf = ({ values, from, to }: Window): readonly number[] => {
  const own: number[] = []
  for (let k = from; k < to; k++) own.push(values[k]!)
  return own
}

const SERIES = { 'x{a="b"}': '4 1 - 7' }

const over = (name: string, doc: string, result: string, fold: (values: readonly number[]) => number): PromqlFunction => ({
  name, group: 'windows', parameters: [{ name: 'v', type: 'matrix' }], doc, returns: 'vector',
  examples: [{ query: `${name}(x[10m])`, series: SERIES, result: [`{a="b"} ${result}`] }],
  call: args => args.windows(0).map(window => ({ labels: window.labels.nameless, value: fold(valuesOf(window)) })),
})

/** These answer a sample as it is, with the name of its series. */
const sample = (name: string, doc: string, result: string, pick: (window: Window) => number): PromqlFunction => ({
  name, group: 'windows', parameters: [{ name: 'v', type: 'matrix' }], doc, returns: 'vector',
  examples: [{ query: `${name}(x[10m])`, series: SERIES, result: [`x{a="b"} ${result}`] }],
  call: args => args.windows(0).map(window => ({ labels: window.labels, value: pick(window) })),
})

/** The line of least squares through a window: its height at `origin` (milliseconds) and its slope per second. */
const line = ({ times, values, from, to }: Window, origin: number): { readonly height: number; readonly slope: number } => {
  const first = values[from]!
  let constant = true
  for (let k = from + 1; constant && k < to; k++) constant = values[k] === first
  if (constant) return Number.isFinite(first) ? { height: first, slope: 0 } : { height: NaN, slope: NaN }
  const n = to - from
  const x: number[] = []
  for (let k = from; k < to; k++) x.push((times[k]! - origin) / 1000)
  const y = valuesOf({ times, values, from, to } as Window)
  const [sumX, sumY] = [sumOf(x), sumOf(y)]
  const covariance = sumOf(x.map((value, k) => value * y[k]!)) - (sumX * sumY) / n
  const variance = sumOf(x.map(value => value * value)) - (sumX * sumX) / n
  const slope = covariance / variance
  return { height: sumY / n - (slope * sumX) / n, slope }
}

const RISING: Example['series'] = { 'x{a="b"}': '0 60 120' }

export const WINDOWS: readonly PromqlFunction[] = [
  over('avg_over_time', 'The mean of the window.', '4', meanOf),
  over('min_over_time', 'The least value of the window.', '1', least),
  over('max_over_time', 'The greatest value of the window.', '7', greatest),
  over('sum_over_time', 'The sum of the window.', '12', sumOf),
  over('count_over_time', 'How many samples the window has.', '3', values => values.length),
  over('stddev_over_time', 'The standard deviation of the window, as of a population.', '2.44948974278318', values => Math.sqrt(varianceOf(values))),
  over('stdvar_over_time', 'The variance of the window, as of a population.', '6', varianceOf),
  over('present_over_time', '1 for each series that has a sample in the window.', '1', () => 1),
  sample('last_over_time', 'The newest sample of the window.', '7', ({ values, to }) => values[to - 1]!),
  sample('first_over_time', 'The oldest sample of the window.', '4', ({ values, from }) => values[from]!),
  {
    name: 'quantile_over_time',
    group: 'windows',
    parameters: [{ name: 'φ', type: 'scalar' }, { name: 'v', type: 'matrix' }],
    doc: 'The φ-quantile of the window, linear between ranks.',
    examples: [{ query: 'quantile_over_time(0.5, x[10m])', series: SERIES, result: ['{a="b"} 4'] }],
    returns: 'vector',
    call(args) {
      const q = args.scalar(0)
      return args.windows(1).map(window => ({ labels: window.labels.nameless, value: quantileOf(q, valuesOf(window)) }))
    },
  },
  {
    name: 'deriv',
    group: 'windows',
    parameters: [{ name: 'v', type: 'matrix' }],
    doc: 'How fast a gauge changes per second: the slope of the line of least squares.',
    examples: [{ query: 'deriv(x[10m])', series: RISING, result: ['{a="b"} 1'] }, { query: 'deriv(x[1m])', series: RISING, result: [] }],
    returns: 'vector',
    call: args => args.windows(0).flatMap(window =>
      window.to - window.from < 2 ? [] : [{ labels: window.labels.nameless, value: line(window, window.times[window.from]!).slope }]),
  },
  {
    name: 'predict_linear',
    group: 'windows',
    parameters: [{ name: 'v', type: 'matrix' }, { name: 't', type: 'scalar' }],
    doc: 'What a gauge will be in t seconds by the line of least squares.',
    examples: [{ query: 'predict_linear(x[10m], 3600)', series: RISING, result: ['{a="b"} 3720'] }],
    returns: 'vector',
    call(args) {
      const ahead = args.scalar(1)
      return args.windows(0).flatMap(window => {
        if (window.to - window.from < 2) return []
        const { height, slope } = line(window, args.at)
        return [{ labels: window.labels.nameless, value: slope * ahead + height }]
      })
    },
  },
]
