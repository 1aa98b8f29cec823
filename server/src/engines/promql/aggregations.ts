import type { Example } from './example.ts'
import type { Labels } from './labels.ts'
import { decimalText } from './numbers.ts'
import { PromqlError } from './promql-error.ts'
import { greatest, least, meanOf, quantileOf, sumOf, varianceOf } from './sums.ts'
import type { Sample, Vector } from './value.ts'

/** The samples of one group. */
interface Group {
  readonly labels: Labels
  readonly samples: Vector
}

interface Described {
  readonly name: string
  readonly doc: string
  readonly examples: readonly Example[]
}

/** Makes samples of each group of an instant vector. */
export type Aggregation = Described & (
  | { readonly parameter?: undefined; of(group: Group): Vector }
  | { readonly parameter: 'scalar'; of(group: Group, parameter: number): Vector }
  | { readonly parameter: 'string'; of(group: Group, parameter: string): Vector }
)

const folded = (name: string, doc: string, examples: readonly Example[], fold: (values: readonly number[]) => number): Aggregation => ({
  name, doc, examples,
  of: ({ labels, samples }) => [{ labels, value: fold(samples.map(({ value }) => value)) }],
})

const HOSTS = { 'x{host="a",dc="1"}': '1', 'x{host="b",dc="1"}': '2', 'x{host="c",dc="2"}': '6' }

const ranked = (name: 'topk' | 'bottomk', doc: string, sign: 1 | -1, result: readonly string[]): Aggregation => ({
  name, doc, parameter: 'scalar',
  examples: [{ query: `${name}(2, x)`, series: HOSTS, result }, { query: `${name}(0, x)`, series: HOSTS, result: [] }],
  of({ samples }, k) {
    if (Number.isNaN(k) || Math.abs(k) > Number.MAX_SAFE_INTEGER) throw new PromqlError(`Scalar value ${k} cannot be converted to a number of series`)
    return samples.toSorted((a, b) => order(a, b, sign)).slice(0, Math.max(0, Math.trunc(k)))
  },
})

/** NaN comes last. */
const order = ({ value: a }: Sample, { value: b }: Sample, sign: 1 | -1): number =>
  Number.isNaN(a) ? (Number.isNaN(b) ? 0 : 1) : Number.isNaN(b) ? -1 : a === b ? 0 : sign * (a < b ? 1 : -1)

export const AGGREGATIONS: readonly Aggregation[] = [
  folded('sum', 'The sum of each group.', [
    { query: 'sum by (dc) (x)', series: HOSTS, result: ['{dc="1"} 3', '{dc="2"} 6'] },
    { query: 'sum without (host) (x)', series: HOSTS, result: ['{dc="1"} 3', '{dc="2"} 6'] },
    { query: 'sum(x)', series: HOSTS, result: ['{} 9'] },
    { query: 'sum(y)', series: HOSTS, result: [] },
  ], sumOf),
  folded('avg', 'The mean of each group.', [{ query: 'avg(x)', series: HOSTS, result: ['{} 3'] }], meanOf),
  folded('min', 'The least value of each group.', [{ query: 'min(x) by (dc)', series: HOSTS, result: ['{dc="1"} 1', '{dc="2"} 6'] }], least),
  folded('max', 'The greatest value of each group.', [{ query: 'max(x) by (dc)', series: HOSTS, result: ['{dc="1"} 2', '{dc="2"} 6'] }], greatest),
  folded('count', 'How many series each group has.', [{ query: 'count(x) by (dc)', series: HOSTS, result: ['{dc="1"} 2', '{dc="2"} 1'] }], values => values.length),
  folded('group', '1 for each group.', [{ query: 'group(x) by (dc)', series: HOSTS, result: ['{dc="1"} 1', '{dc="2"} 1'] }], () => 1),
  folded('stddev', 'The standard deviation of each group, as of a population.', [
    { query: 'stddev(x)', series: { 'x{a="1"}': '2', 'x{a="2"}': '6' }, result: ['{} 2'] },
  ], values => Math.sqrt(varianceOf(values))),
  folded('stdvar', 'The variance of each group, as of a population.', [
    { query: 'stdvar(x)', series: { 'x{a="1"}': '2', 'x{a="2"}': '6' }, result: ['{} 4'] },
  ], varianceOf),
  {
    name: 'quantile',
    doc: 'The φ-quantile of each group, linear between ranks; -Inf for φ < 0, +Inf for φ > 1.',
    parameter: 'scalar',
    examples: [{ query: 'quantile(0.5, x)', series: HOSTS, result: ['{} 2'] }, { query: 'quantile(2, x)', series: HOSTS, result: ['{} +Inf'] }],
    of: ({ labels, samples }, q) => [{ labels, value: quantileOf(q, samples.map(({ value }) => value)) }],
  },
  ranked('topk', 'The k greatest of each group, with all their labels, the greatest first.', 1, ['x{dc="2", host="c"} 6', 'x{dc="1", host="b"} 2']),
  ranked('bottomk', 'The k least of each group, with all their labels, the least first.', -1, ['x{dc="1", host="a"} 1', 'x{dc="1", host="b"} 2']),
  {
    name: 'count_values',
    doc: 'How many series of each group have a value; the value stands in the label that is named.',
    parameter: 'string',
    examples: [
      { query: 'count_values("v", x)', series: { 'x{a="1"}': '2', 'x{a="2"}': '2', 'x{a="3"}': '0.5' }, result: ['{v="2"} 2', '{v="0.5"} 1'] },
    ],
    of({ labels, samples }, label) {
      if (label === '') throw new PromqlError('invalid label name ""')
      const counts = Map.groupBy(samples, ({ value }) => decimalText(value))
      return [...counts].map(([text, alike]) => ({ labels: labels.with(label, text), value: alike.length }))
    },
  },
]

const byName = new Map(AGGREGATIONS.map(aggregation => [aggregation.name, aggregation]))

export const aggregationNamed = (name: string): Aggregation | undefined => byName.get(name)
