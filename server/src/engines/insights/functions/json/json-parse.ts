import { and, call, choose, constant, NULL } from '../../../../sql/expression.ts'
import { once } from '../../../../sql/once.ts'
import { asText, jsonValue } from '../../values.ts'
import type { InsightsFunction } from '../insights-function.ts'

export const jsonParse: InsightsFunction = {
  name: 'jsonParse',
  parameters: [{ name: 'field', takes: 'string' }],
  text: 'The map or list that a text of JSON stands for; none if it is anything else.',
  examples: [
    { expression: 'jsonParse(@message)', events: ['{"a":[1,2]}'], result: '{"a":[1,2]}' },
    { expression: 'jsonParse("[1,")', result: null },
    { expression: 'jsonParse("12")', result: null },
  ],
  bind: ([field]) =>
    jsonValue(once(asText(field!), text =>
      choose([[and(call('isValidJSON', text), call('in', call('JSONType', text), CONTAINERS)), text]], NULL))),
}

const CONTAINERS = call('tuple', constant('Object'), constant('Array'))
