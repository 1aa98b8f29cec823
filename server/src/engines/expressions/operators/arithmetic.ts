import type { OperatorFamily } from './operator.ts'

const pair = { m1: '30 20 0 0', m2: '20 - 20 -' }

export const arithmetic: OperatorFamily = {
  name: 'Arithmetic: `+` `-` `*` `/` `^`',
  doc: 'Series are joined by time: where one of two has no datapoint it counts as 0. A number applies to the datapoints that exist. Dividing by 0, also by one that stands for a missing datapoint, gives no datapoint.',
  operators: {
    '+': (a, b) => a + b,
    '-': (a, b) => a - b,
    '*': (a, b) => a * b,
    '/': (a, b) => a / b,
    '^': (a, b) => a ** b,
  },
  examples: [
    { expression: 'm1 + m2', metrics: pair, result: '50 20 20 0' },
    { expression: 'm1 - m2', metrics: pair, result: '10 20 -20 0' },
    { expression: 'm1 / m2', metrics: pair, result: '1.5 - 0 -' },
    { expression: 'm2 - 5', metrics: pair, result: '15 - 15 -' },
    { expression: '-m2', metrics: pair, result: '-20 - -20 -' },
    { expression: '2 + 3 * m1', metrics: { m1: '1 -' }, result: '5 -' },
    { expression: '(2 + 3) * m1', metrics: { m1: '1 -' }, result: '5 -' },
    { expression: '-m1^2^m1', metrics: { m1: '3 0' }, result: '-6561 0' },
    { expression: 'm1^-1', metrics: { m1: '4 0' }, result: '0.25 -' },
    { expression: '100 / [m1, m2]', metrics: { m1: '1 - 4 8', m2: '2 2 2 2' }, result: ['100 - 25 12.5', '50 50 50 50'] },
    { expression: '[m1, m2] - m1', metrics: { m1: '1 - 4', m2: '2 2 -' }, result: ['0 - 0', '1 2 -4'] },
  ],
}
