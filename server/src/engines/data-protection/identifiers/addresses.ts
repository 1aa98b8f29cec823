import { isDigit } from '../characters.ts'
import { compileForm, matchForm } from '../form.ts'
import type { Span } from '../identifier.ts'
import { Keywords } from '../keywords.ts'

/** How far before a street's word its house number stands, and how far behind it the postal code. */
const BEFORE = 40
const BEHIND = 80

const STATES =
  'AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC PR'.split(' ')
const TERRITORIES = 'NSW VIC QLD WA SA TAS ACT NT'.split(' ')

/** The number stands before the street's name in English and French, behind it elsewhere; the city before the code, or behind it. */
const ENGLISH = [
  'street', 'st', 'avenue', 'ave', 'road', 'rd', 'boulevard', 'blvd', 'lane', 'ln', 'drive', 'dr', 'court', 'ct', 'place', 'pl', 'terrace', 'way', 'circle', 'square', 'sq',
  'highway', 'hwy', 'parkway', 'pkwy', 'crescent', 'close', 'gardens', 'row', 'rue', 'chemin',
]
const EUROPEAN = [
  'straße', 'strasse', 'str', 'weg', 'platz', 'allee', 'gasse', 'ring', 'rue', 'avenue', 'boulevard', 'chemin', 'place', 'calle', 'avenida', 'plaza', 'paseo', 'via', 'viale',
  'piazza', 'corso', 'largo',
]
const words = new Keywords([ENGLISH, EUROPEAN])
/** German streets are one word: `Lindenstraße`. */
const ENDINGS = ['straße', 'strasse', 'str.', 'weg', 'platz', 'allee', 'gasse']

const ZIP = compileForm('\\d{5}-\\d{4}')
const FIVE = compileForm('\\d{5}')
const FOUR = compileForm('\\d{4}')
const CANADIAN = compileForm('[ABCEGHJ-NPRSTVXY]\\d[ABCEGHJ-NPRSTV-Z][ -]?\\d[ABCEGHJ-NPRSTV-Z]\\d')
const BRITISH = ['[A-Z]{1,2}\\d[A-Z]? \\d[A-Z]{2}', '[A-Z]{1,2}\\d{2} \\d[A-Z]{2}'].map(compileForm)

export const addresses = (text: string): readonly Span[] => {
  const places = words.find(text) ?? new Map<number, Span[]>()
  const compounds = ENDINGS.flatMap(ending => occurrences(text, ending))
  const found = [
    ...(places.get(0) ?? []).flatMap(word => english(text, word) ?? []),
    ...[...(places.get(1) ?? []), ...compounds].flatMap(word => european(text, word) ?? []),
  ].toSorted((a, b) => a.start - b.start || b.end - a.end)
  const apart: Span[] = []
  for (const span of found) if (span.start >= (apart.at(-1)?.end ?? 0)) apart.push(span)
  return apart
}

const occurrences = (text: string, ending: string): readonly Span[] => {
  const found: Span[] = []
  for (let at = text.indexOf(ending); at !== -1; at = text.indexOf(ending, at + ending.length)) {
    let start = at
    while (start > 0 && at - start < 30 && /\p{L}/u.test(text.charAt(start - 1))) start--
    if (start < at && /\p{Lu}/u.test(text.charAt(start))) found.push({ start, end: at + ending.length })
  }
  return found
}

/** `410 Terry Avenue North, Seattle, WA 98109`, `221B Baker Street, London NW1 6XE` */
const english = (text: string, word: Span): Span | undefined => {
  const before = text.slice(Math.max(0, word.start - BEFORE), word.start)
  const number = /(?:^|[^\w.:-])(\d{1,6}[A-Z]?(?:[-/]\d{1,5})?,? (?:[\p{L}\d.'’-]+ ){0,4})$/u.exec(before)?.[1]
  if (number === undefined) return undefined
  const digit = firstDigit(text, word.end, word.end + BEHIND)
  // The code is the first that has a digit, and has up to two letters before it.
  for (let at = digit - 2; digit !== -1 && at <= digit; at++) {
    const end = at <= word.end ? -1 : codeBehind(text, at)
    if (end !== -1 && /^[^\n]*\p{Lu}\p{L}/u.test(text.slice(word.end, at))) return { start: word.start - number.length, end }
  }
  return undefined
}

const firstDigit = (text: string, from: number, until: number): number => {
  for (let at = from; at < until && at < text.length; at++) if (isDigit(text.charCodeAt(at))) return at
  return -1
}

/** The end of a postal code that begins at `at`, with its state before it where its country has them; -1 where there is none. */
const codeBehind = (text: string, at: number): number => {
  const state = /(?:^|[ ,])([A-Z]{2,3}),? $/.exec(text.slice(Math.max(0, at - 6), at))?.[1] ?? ''
  if (STATES.includes(state)) {
    const zip = Math.max(matchForm(ZIP, text, at, ''), matchForm(FIVE, text, at, ''))
    if (zip !== -1) return zip
  }
  if (TERRITORIES.includes(state) && matchForm(FOUR, text, at, '') !== -1) return matchForm(FOUR, text, at, '')
  const code = Math.max(matchForm(CANADIAN, text, at, ''), ...BRITISH.map(form => matchForm(form, text, at, '')))
  return code !== -1 && text.slice(at, code) === text.slice(at, code).toUpperCase() ? code : -1
}

/** `Lindenstraße 5, 10969 Berlin`, `10 rue de Rivoli, 75001 Paris`, `Via Roma 12, 00184 Roma` */
const european = (text: string, word: Span): Span | undefined => {
  const before = /(?:^|[^\w.:-])(\d{1,4}(?: ?(?:bis|ter|[A-Z]))?,? )$/.exec(text.slice(Math.max(0, word.start - 12), word.start))?.[1]
  const behind = text.slice(word.end, word.end + BEHIND)
  const pattern = before === undefined ? /^\.?(?: [\p{L}.'’-]+){0,5},? \d{1,4} ?[a-zA-Z]?,? (?=\d{5} \p{Lu})/u : /^\.?(?: [\p{L}.'’-]+){0,6},? (?=\d{5} \p{Lu})/u
  const street = pattern.exec(behind)?.[0]
  if (street === undefined) return undefined
  const city = /^\d{5} \p{Lu}[\p{L}'’-]*/u.exec(behind.slice(street.length))?.[0] ?? ''
  return { start: word.start - (before?.length ?? 0), end: word.end + street.length + city.length }
}
