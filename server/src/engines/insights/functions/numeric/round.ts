import { call, choose, constant, NULL, type Expression } from '../../../../sql/expression.ts'
import { once } from '../../../../sql/once.ts'
import { asNumber, numberValue, type Value } from '../../values.ts'
import { clamped } from '../clamped.ts'
import type { InsightsFunction } from '../insights-function.ts'

/** More places change nothing in a double, and 10 to the power of fewer is still a number. */
const MOST_PLACES = 300

export const round: InsightsFunction = {
  name: 'round',
  parameters: [
    { name: 'a', takes: 'number' },
    { name: 'places', takes: 'number', optional: true },
  ],
  text: 'The number rounded to so many decimal places (0 if left out; tens, hundreds … if negative). Halves are rounded away from 0.',
  examples: [
    { expression: 'round(2.5)', result: '3' },
    { expression: 'round(-2.5)', result: '-3' },
    { expression: 'round(3.14159, 2)', result: '3.14' },
    { expression: 'round(1234, -2)', result: '1200' },
  ],
  bind: ([number, places]) => numberValue(once(asNumber(number!), it => (places === undefined ? halfUp(it) : toPlaces(it, places)))),
}

const toPlaces = (number: Expression, places: Value): Expression =>
  once(call('exp10', clamped(call('trunc', asNumber(places)), -MOST_PLACES, MOST_PLACES)), scale =>
    once(call('divide', halfUp(call('multiply', number, scale)), scale), rounded =>
      // Where scaling overflows, there is nothing behind the point to round.
      choose([[call('isNull', scale), NULL], [call('isFinite', rounded), rounded]], number)))

/** ClickHouse's own rounds halves to even. */
const halfUp = (number: Expression): Expression =>
  once(number, it =>
    once(call('abs', it), size => {
      const whole = call('floor', size)
      const rounded = choose([[call('greaterOrEquals', call('minus', size, whole), constant(0.5)), call('plus', whole, constant(1))]], whole)
      return choose([[call('less', it, constant(0)), call('minus', constant(0), rounded)]], rounded)
    }))
