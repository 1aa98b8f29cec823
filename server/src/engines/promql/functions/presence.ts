import { Labels, NAME } from '../labels.ts'
import type { Matcher } from '../matcher.ts'
import type { PromqlFunction } from './promql-function.ts'

/** What a selector says for certain about the series that it does not find: each label that it asks to be equal, once. */
const certain = (matchers: readonly Matcher[] = []): Labels => {
  const labels = matchers.filter(({ name }) => name !== NAME)
  const once = labels.filter(({ name, symbol }) => symbol === '=' && labels.filter(other => other.name === name).length === 1)
  return Labels.of(once.map(({ name, value }) => [name, value] as const))
}

export const PRESENCE: readonly PromqlFunction[] = [
  {
    name: 'absent',
    group: 'presence',
    parameters: [{ name: 'v', type: 'vector' }],
    doc: '1 when there is no series, with the labels that a selector asks to be equal; else nothing.',
    examples: [
      { query: 'absent(x{a="b",c=~"d"})', result: ['{a="b"} 1'] },
      { query: 'absent(sum(x{a="b"}))', result: ['{} 1'] },
      { query: 'absent(x)', series: { 'x{a="b"}': '7' }, result: [] },
    ],
    returns: 'vector',
    call: args => (args.vector(0).length > 0 ? [] : [{ labels: certain(args.matchers(0)), value: 1 }]),
  },
  {
    name: 'absent_over_time',
    group: 'presence',
    parameters: [{ name: 'v', type: 'matrix' }],
    doc: 'As `absent`, of a window: 1 when no series has a sample in it.',
    examples: [
      { query: 'absent_over_time(x{a="b"}[5m])', result: ['{a="b"} 1'] },
      { query: 'absent_over_time(x[5m])', series: { 'x{a="b"}': '7 - -' }, result: [] },
    ],
    returns: 'vector',
    call: args => (args.windows(0).length > 0 ? [] : [{ labels: certain(args.matchers(0)), value: 1 }]),
  },
  {
    name: 'vector',
    group: 'presence',
    parameters: [{ name: 's', type: 'scalar' }],
    doc: 'A scalar as a series without labels; `x or vector(0)` is never empty.',
    examples: [{ query: 'sum(x) or vector(0)', result: ['{} 0'] }],
    returns: 'vector',
    call: args => [{ labels: Labels.of([]), value: args.scalar(0) }],
  },
]
