import { isDigit, isWord } from '../characters.ts'
import type { Identifier, Span } from '../identifier.ts'

/** Longest text of an IPv6 address, with an IPv4 address at its end. */
const LONGEST = 45

export const NETWORK: readonly Identifier[] = [
  {
    id: 'IpAddress',
    text: 'Addresses of IPv4 and IPv6.',
    keywords: [],
    forms: [],
    find: text => [...versionFour(text), ...versionSix(text)],
    masks: [
      'client «192.168.0.1» connected', '{"ip":"«10.0.0.255»","port":80}', 'from «203.0.113.7»:443', 'listening on [«2001:db8::1»]:443', 'peer «fe80::1ff:fe23:4567:890a»',
      '«::ffff:192.0.2.128»', '«2001:0db8:85a3:0000:0000:8a2e:0370:7334»', 'Verbindung von «10.1.2.3».',
    ],
    leaves: ['version 1.2.3', 'oid 1.2.3.4.5', 'at 10:00:00', 'mac 00:1b:63:84:45:e6', '256.1.1.1', 'std::vector<int>', '2024-01-31T10:00:00Z', 'a::b is no address of ours: cafe', '1.2.3.4567'],
  },
]

const versionFour = (text: string): readonly Span[] => {
  const found: Span[] = []
  for (let dot = text.indexOf('.'); dot !== -1; dot = text.indexOf('.', dot + 1)) {
    if (!isDigit(text.charCodeAt(dot + 1))) continue
    let start = dot
    while (start > 0 && dot - start < 3 && isDigit(text.charCodeAt(start - 1))) start--
    if (start === dot || (start > 0 && (isWord(text.charCodeAt(start - 1)) || (text[start - 1] === '.' && start > 1 && isDigit(text.charCodeAt(start - 2)))))) continue
    const end = endOfFour(text, start)
    if (end === -1) continue
    found.push({ start, end })
    dot = end
  }
  return found
}

/** Four numbers up to 255; -1 where there are fewer, or more. */
const endOfFour = (text: string, start: number): number => {
  let at = start
  for (let part = 0; part < 4; part++) {
    const from = at
    while (at - from < 3 && isDigit(text.charCodeAt(at))) at++
    if (at === from || Number(text.slice(from, at)) > 255) return -1
    if (part < 3 && text[at++] !== '.') return -1
  }
  const next = text.charCodeAt(at)
  return isWord(next) || (text[at] === '.' && isDigit(text.charCodeAt(at + 1))) ? -1 : at
}

const versionSix = (text: string): readonly Span[] => {
  const found: Span[] = []
  for (let colon = text.indexOf(':'); colon !== -1; ) {
    // Most colons are of JSON and of words: the first of an address has a number before it, or another colon behind it.
    if (text.charCodeAt(colon + 1) !== COLON && (colon === 0 || !isHex(text.charCodeAt(colon - 1)))) {
      colon = text.indexOf(':', colon + 1)
      continue
    }
    let start = colon
    while (start > 0 && colon - start < 4 && isHex(text.charCodeAt(start - 1))) start--
    let end = colon
    while (end < text.length && end - start <= LONGEST && isOfSix(text.charCodeAt(end))) end++
    // A full stop, or the colon before a port or a text, is not part of it.
    while (end > start && (text[end - 1] === '.' || (text[end - 1] === ':' && text[end - 2] !== ':'))) end--
    const apart = (start === 0 || !(isWord(text.charCodeAt(start - 1)) || text[start - 1] === ':')) && !isWord(text.charCodeAt(end))
    if (end - start > 2 && apart && isVersionSix(text.slice(start, end))) found.push({ start, end })
    colon = text.indexOf(':', Math.max(end, colon + 1))
  }
  return found
}

const isHex = (code: number): boolean => isDigit(code) || (code >= 97 && code <= 102) || (code >= 65 && code <= 70)
const COLON = 58
const isOfSix = (code: number): boolean => isHex(code) || code === COLON || code === 46

const isVersionSix = (address: string): boolean => {
  const halves = address.split('::')
  if (address.length > LONGEST || halves.length > 2) return false
  const groups = halves.flatMap(half => (half === '' ? [] : half.split(':')))
  const last = groups.at(-1) ?? ''
  const four = last.includes('.')
  if (four && endOfFour(last, 0) !== last.length) return false
  const hex = four ? groups.slice(0, -1) : groups
  if (hex.some(group => group === '' || group.length > 4 || !Array.from(group).every(char => isHex(char.charCodeAt(0))))) return false
  const count = hex.length + (four ? 2 : 0)
  // `::` alone, and names apart by it such as `a::b`, are of programs.
  return halves.length === 1 ? count === 8 : count < 8 && count > 0 && groups.some(group => Array.from(group).some(char => isDigit(char.charCodeAt(0))))
}
