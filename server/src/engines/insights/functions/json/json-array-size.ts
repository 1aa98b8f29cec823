import { call, choose, constant, NULL } from '../../../../sql/expression.ts'
import { once } from '../../../../sql/once.ts'
import { numberValue } from '../../values.ts'
import type { InsightsFunction } from '../insights-function.ts'
import { jsonText } from './json-text.ts'

export const jsonArraySize: InsightsFunction = {
  name: 'jsonArraySize',
  parameters: [{ name: 'list', takes: 'json' }],
  text: 'How many elements a list has, or a text that is JSON of one; of anything else there is none.',
  examples: [
    { expression: 'jsonArraySize("[1, 2, [3]]")', result: '3' },
    { expression: 'jsonArraySize(jsonParse("[]"))', result: '0' },
    { expression: 'jsonArraySize("{}")', result: null },
  ],
  bind: ([value]) =>
    numberValue(once(jsonText(value!), text =>
      choose([[call('equals', call('JSONType', text), constant('Array')), call('toFloat64', call('JSONLength', text))]], NULL))),
}
