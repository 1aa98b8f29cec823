import type { PromqlFunction } from './promql-function.ts'

const THREE = { 'x{a="1"}': '2', 'x{a="2"}': 'NaN', 'x{a="3"}': '1' }

const sorted = (name: string, doc: string, sign: 1 | -1, result: readonly string[]): PromqlFunction => ({
  name, group: 'order', parameters: [{ name: 'v', type: 'vector' }], doc, returns: 'vector',
  examples: [{ query: `${name}(x)`, series: THREE, result }],
  call: args => args.vector(0).toSorted(({ value: a }, { value: b }) =>
    Number.isNaN(a) ? (Number.isNaN(b) ? 0 : 1) : Number.isNaN(b) ? -1 : a === b ? 0 : sign * (a < b ? -1 : 1)),
})

export const ORDER: readonly PromqlFunction[] = [
  sorted('sort', 'The least value first; NaN last. Only an instant query has an order.', 1, ['x{a="3"} 1', 'x{a="1"} 2', 'x{a="2"} NaN']),
  sorted('sort_desc', 'The greatest value first; NaN last.', -1, ['x{a="1"} 2', 'x{a="3"} 1', 'x{a="2"} NaN']),
]
