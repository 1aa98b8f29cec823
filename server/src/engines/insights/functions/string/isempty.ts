import { boundText, call, constant } from '../../../../sql/expression.ts'
import { asText, booleanValue } from '../../values.ts'
import type { InsightsFunction } from '../insights-function.ts'
import { BLANK } from './blank.ts'

export const isempty: InsightsFunction = {
  name: 'isempty',
  parameters: [{ name: 'field', takes: 'string' }],
  text: 'Whether the field is missing or an empty text.',
  examples: [
    { expression: 'isempty("")', result: '1' },
    { expression: 'isempty(missing)', result: '1' },
    { expression: 'isempty(" ")', result: '0' },
  ],
  bind: ([field]) => booleanValue(call('ifNull', call('equals', asText(field!), constant('')), constant(1))),
}

export const isblank: InsightsFunction = {
  name: 'isblank',
  parameters: [{ name: 'field', takes: 'string' }],
  text: 'Whether the field is missing, empty, or nothing but white space.',
  examples: [
    { expression: 'isblank(" \\t")', result: '1' },
    { expression: 'isblank(missing)', result: '1' },
    { expression: 'isblank(" a ")', result: '0' },
  ],
  bind: ([field]) => booleanValue(call('ifNull', call('match', asText(field!), boundText(`^${BLANK}*$`)), constant(1))),
}
