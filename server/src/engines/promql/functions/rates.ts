import type { Example } from '../example.ts'
import type { Window } from '../value.ts'
import type { PromqlFunction } from './promql-function.ts'

/** A function of each window; undefined: no answer. Names are dropped. */
const over = (name: string, doc: string, examples: readonly Example[], compute: (window: Window) => number | undefined): PromqlFunction => ({
  name, group: 'rates', parameters: [{ name: 'v', type: 'matrix' }], doc, examples, returns: 'vector',
  call: args => args.windows(0).flatMap(window => {
    const value = compute(window)
    return value === undefined ? [] : [{ labels: window.labels.nameless, value }]
  }),
})

/** A window that ends so much beyond the outermost samples may still be filled up by them, in average distances. */
const CLOSE = 1.1

/**
 * How much a window rose, extended to all of it: to its ends where a sample is missing only because it would lie just outside,
 * else by half a distance. A counter's resets are made up for, and it is not extended to below 0.
 */
const rise = ({ times, values, from, to, start, end }: Window, counter: boolean): number | undefined => {
  if (to - from < 2) return undefined
  const first = values[from]!
  let risen = values[to - 1]! - first
  if (counter) for (let k = from + 1; k < to; k++) if (values[k]! < values[k - 1]!) risen += values[k - 1]!
  const sampled = (times[to - 1]! - times[from]!) / 1000
  const distance = sampled / (to - from - 1)
  let before = (times[from]! - start) / 1000
  let after = (end - times[to - 1]!) / 1000
  if (before >= distance * CLOSE) before = distance / 2
  if (counter && risen > 0 && first >= 0) before = Math.min(before, sampled * (first / risen))
  if (after >= distance * CLOSE) after = distance / 2
  return risen * ((sampled + before + after) / sampled)
}

const perSecond = (window: Window, risen: number | undefined): number | undefined =>
  risen === undefined ? undefined : risen / ((window.end - window.start) / 1000)

/** Of the last two samples. */
const newest = ({ times, values, from, to }: Window): { readonly before: number; readonly last: number; readonly seconds: number } | undefined =>
  to - from < 2 ? undefined : { before: values[to - 2]!, last: values[to - 1]!, seconds: (times[to - 1]! - times[to - 2]!) / 1000 }

const between = ({ values, from, to }: Window, counts: (before: number, value: number) => boolean): number => {
  let count = 0
  for (let k = from + 1; k < to; k++) if (counts(values[k - 1]!, values[k]!)) count++
  return count
}

const isChange = (before: number, value: number): boolean => value !== before && !(Number.isNaN(value) && Number.isNaN(before))

const COUNTER = { 'x{a="b"}': '0 60 120 30 90' }

export const RATES: readonly PromqlFunction[] = [
  over('rate', 'How fast a counter rose per second, on average over the window and extended to its ends. A fall is a reset.', [
    { query: 'rate(x[4m])', series: { 'x{a="b"}': '60 120 180 240 300' }, result: ['{a="b"} 1'] },
    { query: 'rate(x[5m])', series: COUNTER, result: ['{a="b"} 0.7'] },
    { query: 'rate(x[1m])', series: COUNTER, result: [] },
  ], window => perSecond(window, rise(window, true))),
  over('increase', 'How much a counter rose over the window, extended to its ends: `rate` times the length of the window.', [
    { query: 'increase(x[2m])', series: { 'x{a="b"}': '60 120 180' }, result: ['{a="b"} 120'] },
  ], window => rise(window, true)),
  over('delta', 'How much a gauge changed over the window, extended to its ends.', [
    { query: 'delta(x[2m])', series: { 'x{a="b"}': '9 6 3' }, result: ['{a="b"} -6'] },
  ], window => rise(window, false)),
  over('irate', 'How fast a counter rose per second between its last two samples.', [
    { query: 'irate(x[5m])', series: COUNTER, result: ['{a="b"} 1'] },
    { query: 'irate(x[5m])', series: COUNTER, at: 3, result: ['{a="b"} 0.5'] },
  ], window => {
    const found = newest(window)
    return found && (found.last < found.before ? found.last : found.last - found.before) / found.seconds
  }),
  over('idelta', 'The difference of the last two samples.', [
    { query: 'idelta(x[5m])', series: COUNTER, at: 3, result: ['{a="b"} -90'] },
  ], window => {
    const found = newest(window)
    return found && found.last - found.before
  }),
  over('changes', 'How often the value changed.', [
    { query: 'changes(x[10m])', series: { 'x{a="b"}': '1 1 2 - 2 1' }, result: ['{a="b"} 2'] },
  ], window => between(window, isChange)),
  over('resets', 'How often the value fell.', [
    { query: 'resets(x[10m])', series: COUNTER, result: ['{a="b"} 1'] },
  ], window => between(window, (before, value) => value < before)),
]
