import { asJson, stringValue } from '../../values.ts'
import type { InsightsFunction } from '../insights-function.ts'

export const jsonStringify: InsightsFunction = {
  name: 'jsonStringify',
  parameters: [{ name: 'value', takes: 'json' }],
  text: 'The JSON text of a map or list, or of any other value.',
  examples: [
    { expression: 'jsonStringify(jsonParse(@message))', events: ['{"a":1}'], result: '{"a":1}' },
    { expression: 'jsonStringify("say \\"a\\"")', result: '"say \\"a\\""' },
    { expression: 'jsonStringify(missing)', result: null },
  ],
  bind: ([value]) => stringValue(asJson(value!)),
}
