import { inRange, parseRange, type Address, type AddressRange } from './address.ts'

/** Why connections to this address are not for everybody, or undefined for an ordinary public address. */
export const specialPurpose = (address: Address): string | undefined => {
  if (address.length === 4) return firstMatch(IPV4, address)
  const embedded = embeddedIpv4(address)
  if (embedded !== undefined) return firstMatch(IPV4, embedded)
  // Only 2000::/3 is global unicast; whatever is new outside it is refused until somebody looks at it.
  return firstMatch(IPV6, address) ?? (inRange(address, GLOBAL_UNICAST) ? undefined : 'reserved')
}

const range = (text: string): AddressRange => {
  const parsed = parseRange(text)
  if (parsed === undefined) throw new RangeError(`not an address range: ${text}`)
  return parsed
}

// https://www.iana.org/assignments/iana-ipv4-special-registry and …/iana-ipv6-special-registry, plus two clouds'
// metadata services that live among public addresses.
const IPV4: readonly (readonly [AddressRange, string])[] = [
  [range('0.0.0.0/8'), 'this network'],
  [range('10.0.0.0/8'), 'private'],
  [range('100.64.0.0/10'), 'shared by carriers'],
  [range('127.0.0.0/8'), 'loopback'],
  [range('168.63.129.16'), 'cloud metadata'],
  [range('169.254.0.0/16'), 'link-local'],
  [range('172.16.0.0/12'), 'private'],
  [range('192.0.0.0/24'), 'reserved'],
  [range('192.0.2.0/24'), 'documentation'],
  [range('192.88.99.0/24'), 'relay'],
  [range('192.168.0.0/16'), 'private'],
  [range('198.18.0.0/15'), 'benchmarking'],
  [range('198.51.100.0/24'), 'documentation'],
  [range('203.0.113.0/24'), 'documentation'],
  [range('224.0.0.0/4'), 'multicast'],
  [range('240.0.0.0/4'), 'reserved'],
]

const IPV6: readonly (readonly [AddressRange, string])[] = [
  [range('::'), 'unspecified'],
  [range('::1'), 'loopback'],
  [range('64:ff9b:1::/48'), 'local translation'],
  [range('2001::/23'), 'reserved'],
  [range('2001:db8::/32'), 'documentation'],
  [range('3fff::/20'), 'documentation'],
  [range('fc00::/7'), 'private'],
  [range('fe80::/10'), 'link-local'],
  [range('fec0::/10'), 'site-local'],
  [range('ff00::/8'), 'multicast'],
]

const GLOBAL_UNICAST = range('2000::/3')
const NAT64 = range('64:ff9b::/96')
const SIX_TO_FOUR = range('2002::/16')

const firstMatch = (table: readonly (readonly [AddressRange, string])[], address: Address): string | undefined =>
  table.find(([candidate]) => inRange(address, candidate))?.[1]

/** Where a translator or relay would carry the packet to. */
const embeddedIpv4 = (address: Address): Address | undefined => {
  if (inRange(address, NAT64)) return address.subarray(12)
  if (inRange(address, SIX_TO_FOUR)) return address.subarray(2, 6)
  return undefined
}
