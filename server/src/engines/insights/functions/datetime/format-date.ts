import { boundText, call, choose, constant, NULL, parameter, type Expression } from '../../../../sql/expression.ts'
import { once } from '../../../../sql/once.ts'
import { asTime, stringValue } from '../../values.ts'
import type { BindContext, InsightsFunction } from '../insights-function.ts'
import { zoneOf, type Zone } from './zone.ts'

export const formatDate: InsightsFunction = {
  name: 'formatDate',
  aliases: ['strftime'],
  parameters: [
    { name: 'timestamp', takes: 'time' },
    { name: 'format', takes: 'string', constant: true },
    { name: 'timezone', takes: 'string', constant: true, optional: true },
  ],
  text: 'A time as text, in UTC or the given time zone (`Europe/Berlin`, `+05:30`). The format is that of `strftime`: `%Y %y %m %d %e %j %H %I %M %S %p %a %A %b %B %u %w %V %G %F %T %R %D %s %L` (milliseconds) `%f` (microseconds) `%z %Z %n %t %%`.',
  examples: [
    { expression: 'formatDate(fromMillis(1767261690500), "%Y-%m-%d %H:%M:%S.%L")', result: '2026-01-01 10:01:30.500' },
    { expression: 'strftime("2026-07-01 10:00:00", "%d %b %Y %I:%M %p %z", "America/New_York")', result: '01 Jul 2026 06:00 AM -0400' },
    { expression: 'formatDate(@timestamp, "%A, day %j", "+05:30")', events: ['at ten'], result: 'Thursday, day 001' },
    { expression: 'formatDate(missing, "%Y")', result: null },
  ],
  bind: ([time, format, timezone], context) => {
    const zone = zoneOf(timezone, context)
    return stringValue(once(asTime(time!), it => {
      const texts = piecesOf(String(format!.constant), zone, context).map(piece => textOf(piece, it, zone))
      const text = texts.length === 0 ? constant('') : texts.length === 1 ? texts[0]! : call('concat', ...texts)
      return choose([[call('isNull', it), NULL]], text)
    }))
  },
}

/** Something that ClickHouse formats, text as it is, or a number made of the instant. */
type Piece = { readonly format: string } | { readonly text: string } | { readonly of: 'seconds' | 'millis' }
const THOUSAND = constant(1000)

/** By the letter of `strftime`: ClickHouse's has other letters for some, and lacks others. */
const FORMATS: Readonly<Record<string, string>> = {
  Y: '%Y', y: '%y', m: '%m', d: '%d', e: '%e', j: '%j', H: '%H', I: '%I', M: '%i', S: '%S', p: '%p',
  a: '%a', A: '%W', b: '%b', h: '%b', B: '%M', u: '%u', w: '%w', V: '%V', G: '%G',
  F: '%Y-%m-%d', T: '%H:%i:%S', R: '%H:%i', D: '%m/%d/%y', z: '%z',
}

const piecesOf = (format: string, zone: Zone, context: BindContext): readonly Piece[] =>
  Array.from(format.matchAll(/%(.?)|[^%]+/gsu)).flatMap(([whole, letter]): Piece | readonly Piece[] => {
    if (letter === undefined) return { text: whole }
    switch (letter) {
      case '%': return { text: '%' }
      case 'n': return { text: '\n' }
      case 't': return { text: '\t' }
      case 's': return { of: 'seconds' }
      case 'L': return { of: 'millis' }
      case 'f': return [{ of: 'millis' }, { text: '000' }]
      case 'Z': return { text: zone.aheadMinutes === 0 ? zone.name : offsetText(zone) }
    }
    if (letter === 'z' && zone.aheadMinutes !== 0) return { text: offsetText(zone) }
    const known = FORMATS[letter]
    return known === undefined ? context.refuse(`formatDate does not know '${whole}'`) : { format: known }
  })

const offsetText = ({ aheadMinutes }: Zone): string => {
  const minutes = Math.abs(aheadMinutes)
  const twoDigits = (value: number): string => String(value).padStart(2, '0')
  return `${aheadMinutes < 0 ? '-' : '+'}${twoDigits(Math.floor(minutes / 60))}${twoDigits(minutes % 60)}`
}

const textOf = (piece: Piece, time: Expression, zone: Zone): Expression => {
  if ('text' in piece) return boundText(piece.text)
  if ('of' in piece) {
    const thousandth = call('positiveModulo', time, THOUSAND)
    return piece.of === 'millis'
      ? call('leftPad', call('toString', thousandth), constant(3), constant('0'))
      : call('toString', call('intDiv', call('minus', time, thousandth), THOUSAND))
  }
  const shown = zone.aheadMinutes === 0 ? time : call('plus', time, parameter('Int64', BigInt(zone.aheadMinutes * 60_000)))
  return call('formatDateTime', call('fromUnixTimestamp64Milli', shown, boundText(zone.name)), boundText(piece.format))
}
