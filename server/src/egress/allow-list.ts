import { inRange, parseAddress, parseRange, type Address, type AddressRange } from './address.ts'

/** Which special-purpose addresses deliveries may reach all the same. */
export interface AllowList {
  /** True when the operator named this host (lower case, without a trailing dot): wherever it resolves to. */
  host(name: string, port: number): boolean
  address(address: Address, port: number): boolean
}

/**
 * Reads `TOCSIN_EGRESS_ALLOW`: entries between commas or blanks, each `10.1.0.0/16`, `10.1.2.3`, `10.1.2.3:8080`,
 * `[fd00::1]:8080`, `hooks.corp.example`, `hooks.corp.example:8080`, `*.corp.example` or `*` (everything).
 * Throws a RangeError that names the entry it cannot read.
 */
export const parseAllowList = (text: string): AllowList => {
  const rules = text.split(/[\s,]+/).filter(entry => entry !== '').map(parseEntry)
  return {
    host: (name, port) => rules.some(rule => rule.matchesHost(name) && rule.matchesPort(port)),
    address: (address, port) => rules.some(rule => rule.matchesAddress(address) && rule.matchesPort(port)),
  }
}

interface Rule {
  matchesHost(name: string): boolean
  matchesAddress(address: Address): boolean
  matchesPort(port: number): boolean
}

const never = (): boolean => false
const always = (): boolean => true
const HOST = /^(\*\.)?[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*$/

const parseEntry = (entry: string): Rule => {
  if (entry === '*') return { matchesHost: always, matchesAddress: always, matchesPort: always }
  const range = parseRange(entry)
  if (range !== undefined) return addressRule(range, undefined)
  const { host, port } = splitPort(entry)
  const address = parseAddress(host)
  if (address !== undefined) return addressRule({ base: address, bits: address.length * 8 }, port)
  const name = host.toLowerCase().replace(/\.$/, '')
  // All digits and dots would be an address written wrongly, not a name.
  if (!HOST.test(name) || /^[\d.]+$/.test(name)) {
    throw new RangeError(`not an address range, host or host:port: ${JSON.stringify(entry)}`)
  }
  const matchesHost = name.startsWith('*.') ? (other: string) => other.endsWith(name.slice(1)) : (other: string) => other === name
  return { matchesHost, matchesAddress: never, matchesPort: samePort(port) }
}

const addressRule = (range: AddressRange, port: number | undefined): Rule => ({
  matchesHost: never,
  matchesAddress: address => inRange(address, range),
  matchesPort: samePort(port),
})

const samePort = (port: number | undefined) => (port === undefined ? always : (other: number): boolean => other === port)

const splitPort = (entry: string): { readonly host: string; readonly port: number | undefined } => {
  const match = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(entry)
  if (match === null) return { host: entry.replace(/^\[(.*)\]$/, '$1'), port: undefined }
  const port = Number(match[3])
  if (port < 1 || port > 65_535) throw new RangeError(`not a port: ${JSON.stringify(entry)}`)
  return { host: match[1] ?? match[2] ?? '', port }
}
