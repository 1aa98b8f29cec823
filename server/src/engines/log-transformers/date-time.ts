import { epochMillis } from '../../base/time.ts'
import { javaFormat, type Part } from '../insights/functions/datetime/java-format.ts'
import { zoneOf as namedZone } from '../mutes/zone.ts'
import { put, read } from './fields.ts'
import type { Processor } from './parsers.ts'

export interface DateTimeConfig {
  readonly source: string
  readonly target: string
  readonly matchPatterns: readonly string[]
  readonly locale?: string | undefined
  readonly sourceTimezone?: string | undefined
  readonly targetTimezone?: string | undefined
  readonly targetFormat?: string | undefined
}

/** What cannot be read; `message` says why. */
export class DateTimeProblem extends Error {
  override readonly name = 'DateTimeProblem'
}

interface Clock {
  readonly wallClock: (at: number) => number
  readonly instant: (wall: number) => number
}

/** Times in one of the patterns become times in another. What is in none of them stays as it is. Throws {@link DateTimeProblem}. */
export const dateTimeConverter = (config: DateTimeConfig): Processor => {
  const { source, target, matchPatterns, locale, sourceTimezone = 'UTC', targetTimezone = 'UTC', targetFormat = 'yyyy-MM-dd\'T\'HH:mm:ss.SSS\'Z\'' } = config
  const readers = matchPatterns.map(pattern => readerOf(pattern, clockOf(sourceTimezone)))
  const write = writerOf(targetFormat, clockOf(targetTimezone))
  const inEnglish = locale === undefined ? (text: string) => text : translation(locale)
  return fields => {
    const value = read(fields, source)
    if (typeof value !== 'string' && typeof value !== 'number') return
    const text = inEnglish(String(value).trim())
    for (const readTime of readers) {
      const at = readTime(text)
      if (at === undefined) continue
      put(fields, target, write(at), true)
      return
    }
  }
}

const clockOf = (name: string): Clock => {
  if (/^(?:UTC|GMT|Z)$/i.test(name)) return fixed(0)
  const [, sign, hours, minutes = '0'] = /^(?:UTC|GMT)?([+-])(\d{1,2}):?([0-5]\d)?$/.exec(name) ?? []
  if (sign !== undefined && Number(hours) <= 18) return fixed((sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)))
  const zone = namedZone(name)
  if (zone === undefined) throw new DateTimeProblem(`The time zone ${name} is not valid.`)
  return { wallClock: at => zone.wallClock(epochMillis(at)), instant: wall => zone.instant(wall) }
}

const fixed = (minutes: number): Clock => ({ wallClock: at => at + minutes * 60_000, instant: wall => wall - minutes * 60_000 })

/** Reads a text as an instant, epoch milliseconds; undefined: it is not in the pattern. */
const readerOf = (pattern: string, clock: Clock): ((text: string) => number | undefined) => {
  const format = javaFormat(pattern)
  if ('unknown' in format) throw new DateTimeProblem(`The pattern ${pattern} has letters that are not supported: ${format.unknown}`)
  const expression = new RegExp(format.expression, 'u')
  return text => {
    const found = expression.exec(text)
    if (found === null) return undefined
    const parts = new Map<Part, string>()
    format.groups.forEach((part, index) => {
      const value = found[index + 1]
      if (value !== undefined) parts.set(part, value)
    })
    return instantOf(parts, clock)
  }
}

/** Without a date there is no instant; what else is missing is the first of its kind. */
const instantOf = (parts: ReadonlyMap<Part, string>, clock: Clock): number | undefined => {
  const number = (part: Part): number | undefined => (parts.has(part) ? Number(parts.get(part)) : undefined)
  const short = number('short year')
  const year = number('year') ?? (short === undefined ? undefined : 2000 + short)
  if (year === undefined) return undefined
  const name = parts.get('month name')?.slice(0, 3).toLowerCase()
  const month = name === undefined ? (number('month') ?? 1) : MONTHS.findIndex(one => one.slice(0, 3).toLowerCase() === name) + 1
  const day = number('day') ?? 1
  const [hour, minute, second] = [hourOf(parts, number), number('minute') ?? 0, number('second') ?? 0]
  if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return undefined
  const wall = Date.UTC(year, month - 1, day, hour, minute, second) + Math.floor(Number(`0.${parts.get('fraction') ?? '0'}`) * 1000)
  // A day that the month does not have.
  if (new Date(wall).getUTCDate() !== day) return undefined
  const offset = parts.get('offset')
  if (offset === undefined) return clock.instant(wall)
  return clockOf(/^(?:z|utc|gmt)$/i.test(offset) ? 'UTC' : offset).instant(wall)
}

const hourOf = (parts: ReadonlyMap<Part, string>, number: (part: Part) => number | undefined): number => {
  const of24 = number('hour of 24')
  if (of24 !== undefined) return of24 % 24
  const of12 = number('hour of 12')
  if (of12 !== undefined) return (of12 % 12) + (parts.get('half')?.toLowerCase() === 'pm' ? 12 : 0)
  return number('hour') ?? 0
}

/** Writes an instant by a pattern of Java's DateTimeFormatter. */
const writerOf = (pattern: string, clock: Clock): ((at: number) => string) => {
  const tokens = [...pattern.matchAll(/'((?:[^']|'')*)'|([A-Za-z])\2*|./gsu)].map(([token, quoted]) => {
    if (quoted !== undefined) return quoted === '' ? '\'' : quoted.replaceAll('\'\'', '\'')
    if (!/[A-Za-z]/.test(token)) return token
    const write = LETTERS.get(token[0]!)
    if (write === undefined) throw new DateTimeProblem(`The format ${pattern} has letters that are not supported: ${token}`)
    return (wall: Date, ahead: number) => write(wall, token.length, ahead)
  })
  return at => {
    const wall = clock.wallClock(at)
    return tokens.map(token => (typeof token === 'string' ? token : token(new Date(wall), (wall - at) / 60_000))).join('')
  }
}

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

type Letter = (wall: Date, count: number, aheadMinutes: number) => string
const padded = (value: number, count: number): string => String(value).padStart(count, '0')
const named = (name: string, count: number): string => (count > 3 ? name : name.slice(0, 3))
const year: Letter = (wall, count) => (count === 2 ? padded(wall.getUTCFullYear() % 100, 2) : padded(wall.getUTCFullYear(), count))
const month: Letter = (wall, count) => (count > 2 ? named(MONTHS[wall.getUTCMonth()]!, count) : padded(wall.getUTCMonth() + 1, count))
const offset = (ahead: number, separator: string, zero: string | undefined, short = false): string => {
  if (ahead === 0 && zero !== undefined) return zero
  const [hours, minutes] = [Math.floor(Math.abs(ahead) / 60), Math.abs(ahead) % 60]
  return `${ahead < 0 ? '-' : '+'}${padded(hours, 2)}${short && minutes === 0 ? '' : `${separator}${padded(minutes, 2)}`}`
}
const of12 = (hour: number): number => (hour % 12 === 0 ? 12 : hour % 12)

const LETTERS: ReadonlyMap<string, Letter> = new Map<string, Letter>([
  ['y', year], ['u', year], ['M', month], ['L', month],
  ['d', (wall, count) => padded(wall.getUTCDate(), count)],
  ['D', (wall, count) => padded(Math.floor((wall.getTime() - Date.UTC(wall.getUTCFullYear(), 0, 1)) / 86_400_000) + 1, count)],
  ['E', (wall, count) => named(DAYS[wall.getUTCDay()]!, count)],
  ['H', (wall, count) => padded(wall.getUTCHours(), count)],
  ['k', (wall, count) => padded(wall.getUTCHours() === 0 ? 24 : wall.getUTCHours(), count)],
  ['h', (wall, count) => padded(of12(wall.getUTCHours()), count)],
  ['K', (wall, count) => padded(wall.getUTCHours() % 12, count)],
  ['a', wall => (wall.getUTCHours() < 12 ? 'AM' : 'PM')],
  ['m', (wall, count) => padded(wall.getUTCMinutes(), count)],
  ['s', (wall, count) => padded(wall.getUTCSeconds(), count)],
  ['S', (wall, count) => padded(wall.getUTCMilliseconds(), 3).padEnd(count, '0').slice(0, count)],
  ['X', (_, count, ahead) => offset(ahead, count >= 3 ? ':' : '', 'Z', count === 1)],
  ['x', (_, count, ahead) => offset(ahead, count >= 3 ? ':' : '', undefined, count === 1)],
  ['Z', (_, count, ahead) => offset(ahead, count === 5 ? ':' : '', count === 5 ? 'Z' : undefined)],
])

/** Makes English of a language's names of months and days, which the patterns know. Throws {@link DateTimeProblem}. */
const translation = (locale: string): ((text: string) => string) => {
  const names = new Map<string, string>()
  try {
    for (const style of ['short', 'long'] as const) {
      const months = new Intl.DateTimeFormat(locale.replaceAll('_', '-'), { month: style, timeZone: 'UTC' })
      const days = new Intl.DateTimeFormat(locale.replaceAll('_', '-'), { weekday: style, timeZone: 'UTC' })
      MONTHS.forEach((name, index) => names.set(months.format(Date.UTC(2026, index, 1)).toLowerCase(), name.slice(0, 3)))
      // 4 January 2026 is a Sunday.
      DAYS.forEach((name, index) => names.set(days.format(Date.UTC(2026, 0, 4 + index)).toLowerCase(), name.slice(0, 3)))
    }
  } catch (error) {
    if (error instanceof RangeError) throw new DateTimeProblem(`The locale ${locale} is not valid.`)
    throw error
  }
  for (const [name, english] of names) if (name.endsWith('.')) names.set(name.slice(0, -1), english)
  const longest = [...names.keys()].sort((a, b) => b.length - a.length)
  const expression = new RegExp(`(?<!\\p{L})(?:${longest.map(name => name.replaceAll(/[\\^$.|?*+()[\]{}]/g, '\\$&')).join('|')})(?!\\p{L})`, 'giu')
  return text => text.replaceAll(expression, name => names.get(name.toLowerCase()) ?? name)
}
