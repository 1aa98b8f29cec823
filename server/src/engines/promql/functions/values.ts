import type { Example } from '../example.ts'
import type { PromqlFunction } from './promql-function.ts'

/** A function of each value of an instant vector; names are dropped. */
const each = (name: string, doc: string, examples: readonly Example[], compute: (value: number) => number): PromqlFunction => ({
  name, group: 'values', parameters: [{ name: 'v', type: 'vector' }], doc, examples, returns: 'vector',
  call: args => args.vector(0).map(({ labels, value }) => ({ labels: labels.nameless, value: compute(value) })),
})

const one = (name: string, value: string, result: string): Example => ({ query: `${name}(x)`, series: { 'x{a="b"}': value }, result: [`{a="b"} ${result}`] })

const limited = (
  name: string, parameters: readonly string[], doc: string, examples: readonly Example[], compute: (value: number, limits: readonly number[]) => number,
): PromqlFunction => ({
  name, group: 'values', doc, examples, returns: 'vector',
  parameters: [{ name: 'v', type: 'vector' }, ...parameters.map(parameter => ({ name: parameter, type: 'scalar' as const }))],
  call(args) {
    const limits = parameters.map((_, place) => args.scalar(place + 1))
    if (limits.length === 2 && limits[0]! > limits[1]!) return []
    return args.vector(0).map(({ labels, value }) => ({ labels: labels.nameless, value: compute(value, limits) }))
  },
})

export const VALUES: readonly PromqlFunction[] = [
  each('abs', 'The absolute value.', [one('abs', '-2.5', '2.5')], Math.abs),
  each('ceil', 'The next whole number, upwards.', [one('ceil', '1.2', '2')], Math.ceil),
  limited('clamp', ['min', 'max'], 'Values outside of [min, max] become its ends; nothing when min > max.', [
    { query: 'clamp(x, 0, 5)', series: { 'x{a="b"}': '7', 'x{a="c"}': '3' }, result: ['{a="b"} 5', '{a="c"} 3'] },
    { query: 'clamp(x, 5, 0)', series: { 'x{a="b"}': '7' }, result: [] },
  ], (value, [least, most]) => Math.max(least!, Math.min(most!, value))),
  limited('clamp_max', ['max'], 'Values above `max` become `max`.', [
    { query: 'clamp_max(x, 5)', series: { 'x{a="b"}': '7' }, result: ['{a="b"} 5'] },
  ], (value, [most]) => Math.min(most!, value)),
  limited('clamp_min', ['min'], 'Values below `min` become `min`.', [
    { query: 'clamp_min(x, 5)', series: { 'x{a="b"}': '-7' }, result: ['{a="b"} 5'] },
  ], (value, [least]) => Math.max(least!, value)),
  each('exp', 'e to the power of the value.', [one('exp', '0', '1')], Math.exp),
  each('floor', 'The next whole number, downwards.', [one('floor', '-1.2', '-2')], Math.floor),
  each('ln', 'The natural logarithm; -Inf of 0, NaN below.', [one('ln', '1', '0'), one('ln', '0', '-Inf'), one('ln', '-1', 'NaN')], Math.log),
  each('log10', 'The logarithm to base 10.', [one('log10', '1000', '3')], Math.log10),
  each('log2', 'The logarithm to base 2.', [one('log2', '8', '3')], Math.log2),
  {
    name: 'round',
    group: 'values',
    parameters: [{ name: 'v', type: 'vector' }, { name: 'to_nearest', type: 'scalar', optional: true }],
    doc: 'The nearest multiple of `to_nearest`, which is 1 when it is not given; halves go up.',
    examples: [one('round', '2.5', '3'), { query: 'round(x, 0.25)', series: { 'x{a="b"}': '2.4' }, result: ['{a="b"} 2.5'] }],
    returns: 'vector',
    call(args) {
      const inverse = 1 / (args.count > 1 ? args.scalar(1) : 1)
      return args.vector(0).map(({ labels, value }) => ({ labels: labels.nameless, value: Math.floor(value * inverse + 0.5) / inverse }))
    },
  },
  each('sgn', '1 above 0, -1 below 0, 0 for 0.', [one('sgn', '-2.5', '-1'), one('sgn', '0', '0')], Math.sign),
  each('sqrt', 'The square root.', [one('sqrt', '9', '3')], Math.sqrt),
  {
    name: 'scalar',
    group: 'values',
    parameters: [{ name: 'v', type: 'vector' }],
    doc: 'The value of the only series; NaN when there is none, or several.',
    examples: [
      { query: 'scalar(x)', series: { 'x{a="b"}': '7' }, result: ['7'] },
      { query: 'scalar(x)', series: { 'x{a="b"}': '7', 'x{a="c"}': '8' }, result: ['NaN'] },
    ],
    returns: 'scalar',
    call(args) {
      const vector = args.vector(0)
      return vector.length === 1 ? vector[0]!.value : NaN
    },
  },
]
