import type { Expression } from '../../../../sql/expression.ts'
import { once } from '../../../../sql/once.ts'
import { asText, booleanValue } from '../../values.ts'
import type { Example, InsightsFunction } from '../insights-function.ts'
import { isAddress, isIpv4, isIpv6 } from './address.ts'

const validity = (name: string, what: string, is: (text: Expression) => Expression, examples: readonly Example[]): InsightsFunction => ({
  name,
  parameters: [{ name: 'field', takes: 'string' }],
  text: `Whether the text is an ${what}.`,
  examples,
  bind: ([field]) => booleanValue(once(asText(field!), is)),
})

export const isValidIp = validity('isValidIp', 'address of IPv4 or IPv6', isAddress, [
  { expression: 'isValidIp("10.0.0.1")', result: '1' },
  { expression: 'isValidIp("2001:db8::1")', result: '1' },
  { expression: 'isValidIp("10.0.0.256")', result: '0' },
  { expression: 'isValidIp(missing)', result: null },
])

export const isValidIpV4 = validity('isValidIpV4', 'address of IPv4', isIpv4, [
  { expression: 'isValidIpV4("10.0.0.1")', result: '1' },
  { expression: 'isValidIpV4("::1")', result: '0' },
])

export const isValidIpV6 = validity('isValidIpV6', 'address of IPv6', isIpv6, [
  { expression: 'isValidIpV6("::ffff:10.0.0.1")', result: '1' },
  { expression: 'isValidIpV6("10.0.0.1")', result: '0' },
])
