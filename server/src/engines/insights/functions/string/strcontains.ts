import { call, choose, constant, type Expression } from '../../../../sql/expression.ts'
import { once } from '../../../../sql/once.ts'
import { asBoolean, asText, booleanValue } from '../../values.ts'
import type { InsightsFunction } from '../insights-function.ts'

export const strcontains: InsightsFunction = {
  name: 'strcontains',
  parameters: [
    { name: 'str', takes: 'string' },
    { name: 'searchValue', takes: 'string' },
    { name: 'caseInsensitive', takes: 'boolean', optional: true },
  ],
  text: 'Whether one text is in the other; regardless of case if the third argument is true.',
  examples: [
    { expression: 'strcontains("connection refused", "refused")', result: '1' },
    { expression: 'strcontains("connection refused", "Refused")', result: '0' },
    { expression: 'strcontains("connection refused", "Refused", true)', result: '1' },
    { expression: 'strcontains(missing, "a")', result: null },
  ],
  bind: ([text, wanted, insensitive]) => {
    const exact = (a: Expression, b: Expression): Expression => call('greater', call('position', a, b), constant(0))
    if (insensitive === undefined) return booleanValue(exact(asText(text!), asText(wanted!)))
    return booleanValue(once(asText(text!), a =>
      once(asText(wanted!), b =>
        choose([[asBoolean(insensitive), call('greater', call('positionCaseInsensitiveUTF8', a, b), constant(0))]], exact(a, b)))))
  },
}
