import { boundText, boundTexts, call, choose, constant, NULL, type Expression } from '../../../../sql/expression.ts'
import { once } from '../../../../sql/once.ts'
import { asText, numberValue } from '../../values.ts'
import type { BindContext, InsightsFunction } from '../insights-function.ts'
import { javaFormat, type JavaFormat, type Part } from './java-format.ts'
import { zoneOf, type Zone } from './zone.ts'

/** More says nothing about a date, and RE2 repeats at most a thousand times. */
const LONGEST_FORMAT = 200

export const parseDate: InsightsFunction = {
  name: 'parseDate',
  parameters: [
    { name: 'str', takes: 'string' },
    { name: 'format', takes: 'string', constant: true },
    { name: 'timezone', takes: 'string', constant: true, optional: true },
  ],
  text: 'The epoch milliseconds of a date and time that is written in a format of Java’s (`yyyy-MM-dd HH:mm:ss.SSS`, `dd/MMM/yyyy:HH:mm:ss Z`). Where the text itself does not say it, clocks are those of the time zone, or of UTC. What the format leaves out is 1970, January, the 1st, midnight. None if the text is not of that format, or no date.',
  examples: [
    { expression: 'parseDate("2026-01-01 10:00:00", "yyyy-MM-dd HH:mm:ss")', result: '1767261600000' },
    { expression: 'parseDate("2026-01-01 10:00", "yyyy-MM-dd HH:mm", "Europe/Berlin")', result: '1767258000000' },
    { expression: 'parseDate("10/Oct/2026:13:55:36 -0700", "dd/MMM/yyyy:HH:mm:ss Z")', result: '1791665736000' },
    { expression: 'parseDate("2026-02-29", "yyyy-MM-dd")', result: null },
  ],
  bind: ([text, pattern, timezone], context) => {
    const format = formatOf(String(pattern!.constant), context)
    const zone = zoneOf(timezone, context)
    const parsed = (it: Expression): Expression =>
      once(call('extractGroups', call('ifNull', it, constant('')), boundText(format.expression)), groups =>
        choose([[call('notEmpty', groups), call('toFloat64', instantOf(groups, format.groups, zone))]], NULL))
    return numberValue(once(asText(text!), it => choose([[call('isNull', it), NULL]], parsed(it))))
  },
}

const formatOf = (pattern: string, context: BindContext): JavaFormat => {
  if (pattern.length > LONGEST_FORMAT) context.refuse(`a format of parseDate has at most ${LONGEST_FORMAT} characters`)
  const format = javaFormat(pattern)
  if ('unknown' in format) return context.refuse(`parseDate does not know '${format.unknown}' in a format`)
  return format.groups.length === 0 ? context.refuse('the format of parseDate has nothing of a date in it') : format
}

/** Brings what was found into one form, which ClickHouse then checks and places in the zone. */
const instantOf = (found: Expression, parts: readonly Part[], zone: Zone): Expression => {
  const part = (name: Part): Expression | undefined => {
    const index = parts.indexOf(name)
    return index < 0 ? undefined : call('arrayElement', found, constant(index + 1))
  }
  const padded = (text: Expression | undefined, otherwise: string, width = 2): Expression =>
    text === undefined ? constant(otherwise) : filled(call('leftPad', text, constant(width), constant('0')), text, otherwise)
  const shortYear = part('short year')
  const year = shortYear === undefined ? padded(part('year'), '1970', 4) : filled(call('concat', constant('20'), shortYear), shortYear, '1970')
  const fraction = part('fraction')
  const text = call(
    'concat',
    year, constant('-'),
    monthOf(part('month name')) ?? padded(part('month'), '01'), constant('-'),
    padded(part('day'), '01'), constant(' '),
    hourOf(part) ?? padded(part('hour'), '00'), constant(':'),
    padded(part('minute'), '00'), constant(':'),
    padded(part('second'), '00'), constant('.'),
    fraction === undefined ? constant('000') : call('rightPad', call('substring', fraction, constant(1), constant(3)), constant(3), constant('0')),
  )
  const offset = part('offset')
  const inZone = (name: string, aheadMinutes: Expression): Expression => {
    const parsed = call('parseDateTime64InJodaSyntaxOrNull', text, constant('yyyy-MM-dd HH:mm:ss.SSS'), boundText(name))
    return call('minus', call('toUnixTimestamp64Milli', parsed), call('multiply', aheadMinutes, constant(60_000)))
  }
  const otherwise = inZone(zone.name, constant(zone.aheadMinutes))
  // An offset within `[…]` may be absent.
  return offset === undefined ? otherwise : choose([[call('equals', offset, constant('')), otherwise]], inZone('UTC', minutesAhead(offset)))
}

/** Of a part within `[…]` that is absent nothing was found. */
const filled = (value: Expression, found: Expression, otherwise: string): Expression =>
  choose([[call('equals', found, constant('')), constant(otherwise)]], value)

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** Month 00, which there is not, for what is no name. */
const monthOf = (name: Expression | undefined): Expression | undefined =>
  name === undefined ? undefined : twoDigits(call('indexOf', boundTexts(MONTHS), call('lower', call('substring', name, constant(1), constant(3)))))

const twoDigits = (number: Expression): Expression => call('leftPad', call('toString', number), constant(2), constant('0'))

const hourOf = (part: (name: Part) => Expression | undefined): Expression | undefined => {
  const number = (text: Expression): Expression => call('toInt32OrZero', text)
  const of24 = part('hour of 24')
  if (of24 !== undefined) return twoDigits(choose([[call('equals', number(of24), constant(24)), constant(0)]], number(of24)))
  const of12 = part('hour of 12')
  if (of12 === undefined) return undefined
  const half = part('half')
  const afternoon = half === undefined ? constant(0) : choose([[call('equals', call('lower', half), constant('pm')), constant(12)]], constant(0))
  const hour = call('plus', call('modulo', number(of12), constant(12)), afternoon)
  // 13 PM is no hour, and 99 is none to ClickHouse.
  return twoDigits(choose([[call('greater', number(of12), constant(12)), constant(99)]], hour))
}

const minutesAhead = (offset: Expression): Expression => {
  const digits = call('extract', call('replaceAll', offset, constant(':'), constant('')), boundText('[+-]([0-9]+)'))
  const minutes = call(
    'plus',
    call('multiply', call('toInt64OrZero', call('substring', digits, constant(1), constant(2))), constant(60)),
    call('toInt64OrZero', call('substring', digits, constant(3), constant(2))),
  )
  const isBehind = call('greater', call('position', offset, constant('-')), constant(0))
  return choose([[isBehind, call('minus', constant(0), minutes)]], minutes)
}
