/** True when the address lies in the range: one address, or one with a prefix length (CIDR). False for what is neither. */
export const inRange = (address: string, range: string): boolean => {
  const [given, within] = [groupsOf(address), rangeOf(range)]
  if (given === undefined || within === undefined || given.isIpv4 !== within.base.isIpv4) return false
  return given.value >> within.dropped === within.base.value >> within.dropped
}

/** An address, or a range of them. */
export const isRange = (text: string): boolean => rangeOf(text) !== undefined

/** `dropped`: how many of the last bits may be anything. */
const rangeOf = (range: string): { readonly base: Address; readonly dropped: bigint } | undefined => {
  const [network = '', prefix, ...more] = range.split('/')
  const base = groupsOf(network)
  if (base === undefined || more.length > 0) return undefined
  const width = base.isIpv4 ? 32 : 128
  const bits = prefix === undefined ? width : /^\d{1,3}$/.test(prefix) ? Number(prefix) : Number.NaN
  return bits <= width ? { base, dropped: BigInt(width - bits) } : undefined
}

interface Address {
  readonly isIpv4: boolean
  readonly value: bigint
}

/** An IPv4 address that came by an IPv6 socket (`::ffff:10.0.0.1`) counts as what it is. */
const groupsOf = (text: string): Address | undefined => {
  const bare = text.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')
  return bare.includes(':') ? ipv6(bare) : ipv4(bare)
}

const ipv4 = (text: string): Address | undefined => {
  const bytes = text.split('.')
  if (bytes.length !== 4 || !bytes.every(byte => /^(0|[1-9]\d{0,2})$/.test(byte) && Number(byte) < 256)) return undefined
  return { isIpv4: true, value: bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n) }
}

const ipv6 = (text: string): Address | undefined => {
  const halves = text.split('::')
  const [before = [], after = []] = halves.map(half => (half === '' ? [] : half.split(':')))
  const missing = 8 - before.length - after.length
  if (halves.length > 2 || (halves.length === 2 ? missing < 1 : missing !== 0)) return undefined
  const groups = [...before, ...Array.from({ length: missing }, () => '0'), ...after]
  if (!groups.every(group => /^[0-9a-f]{1,4}$/i.test(group))) return undefined
  return { isIpv4: false, value: groups.reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n) }
}
