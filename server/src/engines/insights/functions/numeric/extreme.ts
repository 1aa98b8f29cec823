import { call, choose, NULL, or, type Expression } from '../../../../sql/expression.ts'
import { once } from '../../../../sql/once.ts'
import { asNumber, numberValue, type Value } from '../../values.ts'
import type { InsightsFunction } from '../insights-function.ts'

const NUMBERS: InsightsFunction['parameters'] = [
  { name: 'a', takes: 'number' },
  { name: 'number', takes: 'number', optional: true, repeated: true },
]

export const greatest: InsightsFunction = {
  name: 'greatest',
  parameters: NUMBERS,
  text: 'The largest of the numbers; none if one of them is missing.',
  examples: [
    { expression: 'greatest(1, 3, 2)', result: '3' },
    { expression: 'greatest(9, "10")', result: '10' },
    { expression: 'greatest(1, missing)', result: null },
  ],
  bind: args => extreme(args, 'greater'),
}

export const least: InsightsFunction = {
  name: 'least',
  parameters: NUMBERS,
  text: 'The smallest of the numbers; none if one of them is missing.',
  examples: [
    { expression: 'least(1, 3, 2)', result: '1' },
    { expression: 'least(-1)', result: '-1' },
    { expression: 'least(1, "x")', result: null },
  ],
  bind: args => extreme(args, 'less'),
}

/** Pair by pair, since ClickHouse's own functions leave out what is missing. */
const extreme = (args: readonly Value[], wins: 'greater' | 'less'): Value =>
  numberValue(args.map(asNumber).reduce((best, next) => once(best, a => once(next, b => better(a, b, wins)))))

const better = (a: Expression, b: Expression, wins: 'greater' | 'less'): Expression =>
  choose([[or(call('isNull', a), call('isNull', b)), NULL], [call(wins, b, a), b]], a)
