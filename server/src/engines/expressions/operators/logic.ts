import type { OperatorFamily } from './operator.ts'

const pair = { m1: '30 20 0 0', m2: '20 - 20 -' }

export const logic: OperatorFamily = {
  name: 'Logic: `AND` `&&` `OR` `||`',
  doc: 'Anything but 0 is true. Gives 1 where it holds and 0 where it does not. Where one of two series has no datapoint it counts as 0. AND binds tighter than OR, both looser than comparisons.',
  operators: {
    AND: (a, b) => (a !== 0 && b !== 0 ? 1 : 0),
    '&&': (a, b) => (a !== 0 && b !== 0 ? 1 : 0),
    OR: (a, b) => (a !== 0 || b !== 0 ? 1 : 0),
    '||': (a, b) => (a !== 0 || b !== 0 ? 1 : 0),
  },
  examples: [
    { expression: 'm1 > 15 AND m2 > 15', metrics: pair, result: '1 0 0 0' },
    { expression: 'm1 > 15 && m2 > 15', metrics: pair, result: '1 0 0 0' },
    { expression: 'm1 OR m2', metrics: pair, result: '1 1 1 0' },
    { expression: 'm1 || m2', metrics: { m1: '-1 0 -', m2: '0 0 -' }, result: '1 0 -' },
    { expression: 'm1 OR m1 AND m2', metrics: { m1: '1 0', m2: '0 1' }, result: '1 0' },
  ],
}
