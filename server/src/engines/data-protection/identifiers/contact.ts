import { isAsciiLetter, isDigit, isWord } from '../characters.ts'
import type { Identifier, Span } from '../identifier.ts'
import { addresses } from './addresses.ts'

/** RFC 5321: 64 before the sign, 255 behind it. */
const LOCAL = 64
const DOMAIN = 255

export const CONTACT: readonly Identifier[] = [
  {
    id: 'EmailAddress',
    text: 'Electronic mail addresses.',
    keywords: [],
    forms: [],
    find: text => emailAddresses(text),
    masks: [
      'mail from «jane.doe+tag@example.com».', '{"email":"«a@b.co»"}', '<«x_y@sub.example.org»>', 'mailto:«jane@example.com?»'.replace('?»', '»?subject=x'), '«a@b.co»,«c@d.co»',
      'user=«o\'hara@example.ie»', '«jörg@bücher.example»', 'to «a-b@c-d.example.museum»;',
    ],
    leaves: ['a@b', 'npm install pkg@1.2.3', '@Override public', 'git@', 'at user@localhost', 'x@.com', 'a@b..c', 'name@example.c0m1'],
  },
  {
    id: 'Address',
    text: 'Mailing addresses of Australia, Canada, France, Germany, Italy, Spain, the United Kingdom and the United States: house number, street, city and postal code near each other.',
    keywords: [],
    forms: [],
    find: addresses,
    masks: [
      'ship to «410 Terry Avenue North, Seattle, WA 98109», today', '{"address":"«1600 Pennsylvania Ave NW, Washington, DC 20500-0003»"}', 'lives at «221B Baker Street, London NW1 6XE».',
      '«12 Collins St, Melbourne VIC 3000»', '«350 Rue Sparks, Ottawa, ON K1R 7S8»', 'Lieferung: «Lindenstraße 5, 10969 Berlin»', '«10 rue de Rivoli, 75001 Paris»',
      'Entrega: «Calle de Alcalá 42, 28014 Madrid»', '«Via Roma 12, 00184 Roma»',
    ],
    leaves: ['on Main Street', 'street 98109', '12 errors in 98109 rows', 'Wall Street, New York', 'the way to 12345 Berlin', 'Drive C: 12 GB'],
  },
  {
    id: 'Name',
    text: 'Full names. What is a name cannot be told by its form: Tocsin accepts this identifier, and finds nothing. Use custom data identifiers for what your logs write before names.',
    keywords: [],
    forms: [],
    masks: [],
    leaves: ['Jane Doe'],
  },
]

const emailAddresses = (text: string): readonly Span[] => {
  const found: Span[] = []
  let least = 0
  for (let sign = text.indexOf('@'); sign !== -1; sign = text.indexOf('@', sign + 1)) {
    let start = sign
    while (start > least && sign - start < LOCAL && isLocal(text.charCodeAt(start - 1))) start--
    while (start < sign && !isWord(text.charCodeAt(start))) start++
    const end = endOfDomain(text, sign + 1)
    if (start === sign || end === -1) continue
    found.push({ start, end })
    least = end
  }
  return found
}

const LOCAL_SIGNS = new Set(Array.from("!#$%&'+-.^_~").map(char => char.charCodeAt(0)))
const isLocal = (code: number): boolean => isWord(code) || LOCAL_SIGNS.has(code)

/** Labels apart by dots, at least two, the last one of letters only. */
const endOfDomain = (text: string, from: number): number => {
  let at = from
  let label = from
  let end = -1
  for (;;) {
    while (at - from < DOMAIN && (isWord(text.charCodeAt(at)) || (text[at] === '-' && at > label))) at++
    if (at === label) return end
    if (label > from) {
      if (isTopLevel(text, label, at)) end = at
      else if (text[at] !== '.') return end
    }
    if (text[at] !== '.') return end
    at++
    label = at
  }
}

const isTopLevel = (text: string, start: number, end: number): boolean => {
  if (end - start < 2) return false
  for (let at = start; at < end; at++) if (!isAsciiLetter(text.charCodeAt(at)) && text.charCodeAt(at) < 128) return false
  return !isDigit(text.charCodeAt(end))
}
