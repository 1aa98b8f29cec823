import { call } from '../../../../sql/expression.ts'
import { asText, stringValue } from '../../values.ts'
import type { InsightsFunction } from '../insights-function.ts'

export const replace: InsightsFunction = {
  name: 'replace',
  parameters: [
    { name: 'field', takes: 'string' },
    { name: 'searchValue', takes: 'string' },
    { name: 'replaceValue', takes: 'string' },
  ],
  text: 'The text with every occurrence of one text replaced by another. Nothing in them has a meaning of its own; an empty one is found nowhere.',
  examples: [
    { expression: 'replace("a.b.c", ".", "->")', result: 'a->b->c' },
    { expression: 'replace("aaa", "aa", "b")', result: 'ba' },
    { expression: 'replace("abc", "", "-")', result: 'abc' },
  ],
  bind: args => stringValue(call('replaceAll', ...args.map(asText))),
}
