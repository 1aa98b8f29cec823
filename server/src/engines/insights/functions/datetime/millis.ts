import { call } from '../../../../sql/expression.ts'
import { asNumber, asTime, numberValue, timeValue } from '../../values.ts'
import type { InsightsFunction } from '../insights-function.ts'

export const fromMillis: InsightsFunction = {
  name: 'fromMillis',
  parameters: [{ name: 'fieldName', takes: 'number' }],
  text: 'The time that is so many milliseconds after the beginning of 1970 in UTC.',
  examples: [
    { expression: 'fromMillis(1642195111000)', result: '2022-01-14 21:18:31.000' },
    { expression: 'fromMillis("never")', result: null },
  ],
  bind: ([number]) => timeValue(asTime(numberValue(asNumber(number!)))),
}

export const toMillis: InsightsFunction = {
  name: 'toMillis',
  parameters: [{ name: 'fieldName', takes: 'time' }],
  text: 'The milliseconds from the beginning of 1970 in UTC to a time.',
  examples: [
    { expression: 'toMillis("2022-01-14T13:18:31-08:00")', result: '1642195111000' },
    { expression: 'toMillis(@timestamp)', events: ['at ten'], result: '1767261600000' },
    { expression: 'toMillis("never")', result: null },
  ],
  bind: ([time]) => numberValue(call('toFloat64', asTime(time!))),
}
