import { boundNumber, call, choose, constant, type Expression } from '../../../sql/expression.ts'
import { once } from '../../../sql/once.ts'

/** A number held between two; a missing one stays missing (`least` and `greatest` would pass over it). */
export const clamped = (number: Expression, low: number, high: number): Expression =>
  once(number, it =>
    choose([[call('less', it, constant(low)), boundNumber(low)], [call('greater', it, constant(high)), boundNumber(high)]], it))
