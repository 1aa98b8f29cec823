import { and, boundNumber, call, choose, constant, NULL, type Expression } from '../../../../sql/expression.ts'
import { once } from '../../../../sql/once.ts'
import { asNumber, numberValue } from '../../values.ts'
import type { InsightsFunction } from '../insights-function.ts'

export const toNumber: InsightsFunction = {
  name: 'toNumber',
  aliases: ['toDouble'],
  parameters: [{ name: 'value', takes: 'any' }],
  text: 'The value as a number; none if it is no number.',
  examples: [
    { expression: 'toNumber("12.50")', result: '12.5' },
    { expression: 'toDouble("1e3")', result: '1000' },
    { expression: 'toNumber("12 ms")', result: null },
  ],
  bind: ([value]) => numberValue(asNumber(value!)),
}

export const toInt: InsightsFunction = {
  name: 'toInt',
  parameters: [{ name: 'value', takes: 'any' }],
  text: 'The value as an integer of 32 bits, without what stands behind its point; none if it does not fit.',
  examples: [
    { expression: 'toInt("12.9")', result: '12' },
    { expression: 'toInt(-12.9)', result: '-12' },
    { expression: 'toInt(3000000000)', result: null },
  ],
  bind: ([value]) => numberValue(integer(asNumber(value!), 2 ** 31)),
}

export const toLong: InsightsFunction = {
  name: 'toLong',
  parameters: [{ name: 'value', takes: 'any' }],
  text: 'The value as an integer of 64 bits, without what stands behind its point; none if it does not fit.',
  examples: [
    { expression: 'toLong("3000000000.5")', result: '3000000000' },
    { expression: 'toLong("1e30")', result: null },
  ],
  bind: ([value]) => numberValue(integer(asNumber(value!), 2 ** 63)),
}

/** From -bound up to below the bound. */
const integer = (number: Expression, bound: number): Expression =>
  once(call('plus', call('trunc', number), constant(0)), it =>
    choose([[and(call('greaterOrEquals', it, boundNumber(-bound)), call('less', it, boundNumber(bound))), it]], NULL))
