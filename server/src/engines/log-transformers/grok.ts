import { RE2JS } from 're2js'
import { put } from './fields.ts'
import { GROK_PATTERNS } from './grok-patterns.ts'
import { textAt, type Processor } from './parsers.ts'

export interface Grok {
  readonly match: string
  readonly source?: string | undefined
}

/** A pattern that cannot be read; `message` says why. */
export class GrokProblem extends Error {
  override readonly name = 'GrokProblem'
}

interface Capture {
  readonly field: string
  readonly convert: (text: string) => unknown
}

/** Named patterns in one. */
const REFERENCES = 20
const DEPTH = 12

/**
 * `%{PATTERN}`, `%{PATTERN:field}`, `%{PATTERN:field:type}`; what stands between is a regular expression of RE2. It may match anywhere in the
 * text. Throws {@link GrokProblem}, or what RE2 says of an expression that it cannot take.
 */
export const grok = ({ match, source }: Grok): Processor => {
  const captures: Capture[] = []
  const expression = RE2JS.compile(expanded(match, captures, 0))
  return (fields, event) => {
    const text = textAt(fields, event, source)
    if (text === undefined) return false
    const matcher = expression.matcher(text)
    if (!matcher.find()) return false
    captures.forEach(({ field, convert }, index) => {
      const value = matcher.group(`c${index}`)
      // Of a name that stands twice, the first that took part counts.
      if (value !== null) put(fields, field, convert(value), source !== undefined && !captures.slice(0, index).some(other => other.field === field))
    })
    return true
  }
}

const expanded = (pattern: string, captures: Capture[], depth: number): string => {
  if (depth === DEPTH) throw new GrokProblem('The grok patterns are too deeply nested.')
  if (depth === 0 && (pattern.match(/%\{/g)?.length ?? 0) > REFERENCES) throw new GrokProblem(`A grok pattern can use at most ${REFERENCES} patterns.`)
  return pattern.replaceAll(/%\{([^}]*)\}/g, (_, reference: string) => {
    const [name = '', field, type, ...more] = reference.split(':')
    const known = GROK_PATTERNS.get(name)
    if (known === undefined) throw new GrokProblem(`No definition for key '${name}' found`)
    if (more.length > 0) throw new GrokProblem(`The grok pattern %{${reference}} is not supported.`)
    if (field === undefined) return `(?:${expanded(known, captures, depth + 1)})`
    if (!FIELD.test(field)) throw new GrokProblem(`The field name ${field} of a grok pattern is not valid.`)
    const convert = type === undefined ? (text: string) => text : CONVERSIONS.get(type.toLowerCase())
    if (convert === undefined) throw new GrokProblem(`The data type ${type} of a grok pattern is not supported.`)
    const index = captures.push({ field, convert }) - 1
    return `(?P<c${index}>${expanded(known, captures, depth + 1)})`
  })
}

/** Letters, digits and a few signs; dots make objects. */
const FIELD = /^[A-Za-z0-9_@-][A-Za-z0-9_.@-]{0,127}$/

const numeric = (text: string): number | string => (text !== '' && Number.isFinite(Number(text)) ? Number(text) : text)
const whole = (text: string): number | string => (/^[+-]?[0-9]{1,15}(?:\.[0-9]*)?$/.test(text) ? Math.trunc(Number(text)) : text)

const CONVERSIONS: ReadonlyMap<string, (text: string) => unknown> = new Map<string, (text: string) => unknown>([
  ['string', text => text],
  ['int', whole], ['integer', whole], ['long', whole],
  ['float', numeric], ['double', numeric],
  ['boolean', text => (/^(?:true|false)$/i.test(text) ? text.toLowerCase() === 'true' : text)],
])
