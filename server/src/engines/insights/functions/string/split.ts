import { boundText, call, choose, constant, NULL } from '../../../../sql/expression.ts'
import { once } from '../../../../sql/once.ts'
import { asText, jsonString, jsonValue } from '../../values.ts'
import type { InsightsFunction } from '../insights-function.ts'

export const split: InsightsFunction = {
  name: 'split',
  parameters: [
    { name: 'str', takes: 'string' },
    { name: 'delimiter', takes: 'string', constant: true },
  ],
  text: 'The list of the texts between the delimiters.',
  examples: [
    { expression: 'split("a,b,,c", ",")', result: '["a","b","","c"]' },
    { expression: 'split("abc", ", ")', result: '["abc"]' },
    { expression: 'split(missing, ",")', result: null },
  ],
  bind: ([text, delimiter], context) => {
    const by = String(delimiter!.constant)
    if (by === '') context.refuse('split needs a delimiter that is not empty')
    return jsonValue(once(asText(text!), it =>
      choose([[call('isNull', it), NULL]], jsonString(call('splitByString', boundText(by), call('ifNull', it, constant('')))))))
  },
}
