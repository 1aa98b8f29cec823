import { call } from '../../../../sql/expression.ts'
import { asText, numberValue } from '../../values.ts'
import type { InsightsFunction } from '../insights-function.ts'

export const ipv4ToNumber: InsightsFunction = {
  name: 'ipv4ToNumber',
  parameters: [{ name: 'field', takes: 'string' }],
  text: 'The address of IPv4 as a number, its first byte being the highest; none if it is no such address.',
  examples: [
    { expression: 'ipv4ToNumber("1.2.3.4")', result: '16909060' },
    { expression: 'ipv4ToNumber("255.255.255.255")', result: '4294967295' },
    { expression: 'ipv4ToNumber("::1")', result: null },
  ],
  bind: ([field]) => numberValue(call('toFloat64', call('IPv4StringToNumOrNull', asText(field!)))),
}
