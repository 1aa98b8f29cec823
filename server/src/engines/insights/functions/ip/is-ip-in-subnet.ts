import { asText, booleanValue } from '../../values.ts'
import type { Example, InsightsFunction } from '../insights-function.ts'
import { isInNetwork } from './address.ts'

const membership = (name: string, what: string, family: 4 | 6 | undefined, examples: readonly Example[]): InsightsFunction => ({
  name,
  parameters: [
    { name: 'field', takes: 'string' },
    { name: 'subnet', takes: 'string' },
  ],
  text: `Whether the text is an ${what} in the subnet, which is written as \`address/bits\`.`,
  examples,
  bind: ([field, subnet]) => booleanValue(isInNetwork(asText(field!), asText(subnet!), family)),
})

export const isIpInSubnet = membership('isIpInSubnet', 'address of IPv4 or IPv6', undefined, [
  { expression: 'isIpInSubnet("10.1.2.3", "10.0.0.0/8")', result: '1' },
  { expression: 'isIpInSubnet("2001:db8::1", "2001:db8::/32")', result: '1' },
  { expression: 'isIpInSubnet("10.1.2.3", "everywhere")', result: '0' },
  { expression: 'isIpInSubnet(missing, "10.0.0.0/8")', result: null },
])

export const isIpv4InSubnet = membership('isIpv4InSubnet', 'address of IPv4', 4, [
  { expression: 'isIpv4InSubnet("192.168.1.77", "192.168.1.64/26")', result: '1' },
  { expression: 'isIpv4InSubnet("192.168.1.1", "192.168.1.64/26")', result: '0' },
])

export const isIpv6InSubnet = membership('isIpv6InSubnet', 'address of IPv6', 6, [
  { expression: 'isIpv6InSubnet("fe80::1", "fe80::/10")', result: '1' },
  { expression: 'isIpv6InSubnet("10.1.2.3", "10.0.0.0/8")', result: '0' },
])
