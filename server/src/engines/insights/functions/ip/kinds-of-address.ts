import { and, not, type Expression } from '../../../../sql/expression.ts'
import { once } from '../../../../sql/once.ts'
import { asText, booleanValue } from '../../values.ts'
import type { Example, InsightsFunction } from '../insights-function.ts'
import { isAddress, isInAny } from './address.ts'

/** RFC 1918, and RFC 4193 for IPv6. */
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7']

/** IANA's registries of special purpose addresses, without those above, and multicast. */
const RESERVED = [
  '0.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '192.0.0.0/24', '192.0.2.0/24', '198.18.0.0/15', '198.51.100.0/24',
  '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4',
  '::/127', '::ffff:0:0/96', '64:ff9b:1::/48', '100::/64', '2001::/23', '2001:db8::/32', '3fff::/20', 'fe80::/10', 'ff00::/8',
]

const kind = (name: string, text: string, is: (address: Expression) => Expression, examples: readonly Example[]): InsightsFunction => ({
  name,
  parameters: [{ name: 'field', takes: 'string' }],
  text,
  examples,
  bind: ([field]) => booleanValue(once(asText(field!), is)),
})

export const isPrivateIP = kind(
  'isPrivateIP',
  'Whether the text is an address of a private network (10/8, 172.16/12, 192.168/16, fc00::/7).',
  address => isInAny(address, PRIVATE),
  [
    { expression: 'isPrivateIP("172.31.0.9")', result: '1' },
    { expression: 'isPrivateIP("fd00::1")', result: '1' },
    { expression: 'isPrivateIP("172.32.0.9")', result: '0' },
    { expression: 'isPrivateIP("localhost")', result: '0' },
  ],
)

export const isReservedIP = kind(
  'isReservedIP',
  'Whether the text is an address that IANA keeps for something special: loopback, link-local, documentation, multicast and their like.',
  address => isInAny(address, RESERVED),
  [
    { expression: 'isReservedIP("127.0.0.1")', result: '1' },
    { expression: 'isReservedIP("fe80::1")', result: '1' },
    { expression: 'isReservedIP("10.0.0.1")', result: '0' },
  ],
)

export const isPublicIP = kind(
  'isPublicIP',
  'Whether the text is an address that is neither private nor reserved.',
  address => and(isAddress(address), not(isInAny(address, [...PRIVATE, ...RESERVED]))),
  [
    { expression: 'isPublicIP("52.95.110.1")', result: '1' },
    { expression: 'isPublicIP("2600:1f18::1")', result: '1' },
    { expression: 'isPublicIP("10.0.0.1")', result: '0' },
    { expression: 'isPublicIP("nowhere")', result: '0' },
  ],
)
