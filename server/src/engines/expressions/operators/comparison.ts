import type { OperatorFamily } from './operator.ts'

const pair = { m1: '30 20 0 0', m2: '20 - 20 -' }

export const comparison: OperatorFamily = {
  name: 'Comparison: `==` `!=` `<` `<=` `>` `>=`',
  doc: 'Gives 1 where it holds and 0 where it does not. Where one of two series has no datapoint it counts as 0.',
  operators: {
    '==': (a, b) => (a === b ? 1 : 0),
    '!=': (a, b) => (a !== b ? 1 : 0),
    '<': (a, b) => (a < b ? 1 : 0),
    '<=': (a, b) => (a <= b ? 1 : 0),
    '>': (a, b) => (a > b ? 1 : 0),
    '>=': (a, b) => (a >= b ? 1 : 0),
  },
  examples: [
    { expression: 'm1 < m2', metrics: pair, result: '0 0 1 0' },
    { expression: 'm1 >= 30', metrics: pair, result: '1 0 0 0' },
    { expression: 'm1 == m2', metrics: pair, result: '0 0 0 1' },
    { expression: 'm2 != 20', metrics: pair, result: '0 - 0 -' },
    { expression: '20 <= [m1, m2]', metrics: pair, result: ['1 1 0 0', '1 - 1 -'] },
    { expression: '1 + 1 > m1', metrics: { m1: '1 2 3' }, result: '1 0 0' },
  ],
}
