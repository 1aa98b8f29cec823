import { and, call, constant } from '../../../../sql/expression.ts'
import { booleanValue } from '../../values.ts'
import type { InsightsFunction } from '../insights-function.ts'

export const ispresent: InsightsFunction = {
  name: 'ispresent',
  parameters: [{ name: 'field', takes: 'any' }],
  text: 'Whether there is a value. JSON’s `null` is none.',
  examples: [
    { expression: 'ispresent(@message)', events: ['x'], result: '1' },
    { expression: 'ispresent(missing)', result: '0' },
    { expression: 'ispresent("")', result: '1' },
    { expression: 'ispresent(a)', events: ['{"a":null}'], result: '0' },
  ],
  bind: ([value]) => {
    const isThere = call('isNotNull', value!.sql)
    return booleanValue(value!.type === 'json' ? and(isThere, call('notEquals', value!.sql, constant('null'))) : isThere)
  },
}
