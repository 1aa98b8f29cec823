import { and, call, choose, constant, NULL, type Expression } from '../../../../sql/expression.ts'
import { once } from '../../../../sql/once.ts'
import { withoutWideNumbers } from '../../plan/wide-numbers.ts'
import { asText, jsonValue } from '../../values.ts'
import type { InsightsFunction } from '../insights-function.ts'

export const jsonParse: InsightsFunction = {
  name: 'jsonParse',
  parameters: [{ name: 'field', takes: 'string' }],
  text: 'The map or list that a text of JSON stands for; none if it is anything else.',
  examples: [
    { expression: 'jsonParse(@message)', events: ['{"a":[1,2]}'], result: '{"a":[1,2]}' },
    { expression: 'jsonParse("[1,")', result: null },
    { expression: 'jsonParse(@message).a', events: ['{"n":123456789012345678901234567890,"a":"1"}'], result: '1' },
    { expression: 'jsonParse("12")', result: null },
  ],
  bind: ([field]) =>
    jsonValue(once(asText(field!), text => {
      const mended = withoutWideNumbers(text)
      return choose([[isContainer(text), text], [isContainer(mended), mended]], NULL)
    })),
}

const isContainer = (text: Expression): Expression => and(call('isValidJSON', text), call('in', call('JSONType', text), CONTAINERS))
const CONTAINERS = call('tuple', constant('Object'), constant('Array'))
