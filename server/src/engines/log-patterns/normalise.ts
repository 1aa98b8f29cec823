/** What varies from event to event, as a token of a pattern is named. */
export type TokenKind = 'Time' | 'UUID' | 'EmailAddress' | 'IPAddress' | 'Number' | 'Token'

/**
 * One replacement: every match of `pattern` becomes `mark`. Patterns are written in what RE2 and JavaScript read alike (ASCII classes, no
 * look-around, bounded repetition that JavaScript walks through once), so that ClickHouse and this process come to the same text.
 */
export interface Normalisation {
  readonly pattern: string
  /** A control character, which no later pattern matches; a blank for those that messages themselves hold. */
  readonly mark: string
}

const MARK_OF: Readonly<Record<TokenKind, string>> = { Time: '\x11', UUID: '\x12', EmailAddress: '\x13', IPAddress: '\x14', Number: '\x15', Token: '\x16' }
const KINDS: ReadonlyMap<string, TokenKind> = new Map(Object.entries(MARK_OF).map(([kind, mark]) => [mark, kind as TokenKind]))
/** All marks, one behind the other. */
export const MARKS = Object.values(MARK_OF).join('')

/** The kind that a character of a normalised text stands for; undefined where it is only a character. */
export const kindOfMark = (char: string): TokenKind | undefined => KINDS.get(char)

const MONTH = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)'
const CLOCK = '[0-9]{2}:[0-9]{2}:[0-9]{2}(?:[.,][0-9]{1,9})?'
const ZONE = '(?:Z|[+-][0-9]{2}:?[0-9]{2}| [+-][0-9]{4}| UTC| GMT)?'
const HEX4 = '[0-9a-fA-F]{1,4}'
const UNIT = '(?:ns|us|ms|s|m|h|d|B|kB|KB|MB|GB|TB|KiB|MiB|GiB|kb|mb|gb)?'

const rule = (kind: TokenKind, pattern: string): Normalisation => ({ pattern, mark: MARK_OF[kind] })

/** In this order: the special forms before those that they hold. */
export const NORMALISATIONS: readonly Normalisation[] = [
  { pattern: '[\\x11-\\x16]', mark: ' ' },
  rule('Time', `\\b[0-9]{4}[-/][0-9]{2}[-/][0-9]{2}[T ]${CLOCK}${ZONE}`),
  rule('Time', `\\b[0-9]{2}/${MONTH}/[0-9]{4}:${CLOCK}${ZONE}`),
  rule('Time', `\\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? (?:[0-9]{2} )?${MONTH} [ 0-9]?[0-9]{1,3} ${CLOCK}(?: [0-9]{4})?${ZONE}`),
  rule('Time', `\\b${MONTH} [ 0-9][0-9] ${CLOCK}(?: [0-9]{4})?`),
  rule('Time', '\\b[0-9]{4}[-/][0-9]{2}[-/][0-9]{2}\\b'),
  rule('Time', `\\b${CLOCK}\\b`),
  rule('UUID', '\\b[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\\b'),
  rule('EmailAddress', '\\b[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9][A-Za-z0-9-]{0,62}(?:\\.[A-Za-z0-9-]{1,63}){1,8}\\b'),
  rule('IPAddress', '\\b[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}\\b'),
  rule('IPAddress', `\\b(?:${HEX4}:){7}${HEX4}\\b`),
  rule('IPAddress', `\\b(?:${HEX4}:){1,6}(?::${HEX4}){1,6}\\b`),
  rule('Number', `\\b[0-9]{1,40}\\.[0-9]{1,40}${UNIT}\\b`),
  rule('Number', `\\b[0-9]{1,40}${UNIT}\\b`),
  rule('Token', '\\b0[xX][0-9a-fA-F]{1,64}\\b'),
  rule('Token', '\\b[0-9a-fA-F]{16,128}\\b'),
  // Letters and at least three digits: ids of requests, instances, orders.
  rule('Token', '\\b(?:[A-Za-z]{0,40}[0-9]){3}[A-Za-z0-9]{0,200}\\b'),
  // Keys in base64: their digits are few, but they are long.
  rule('Token', '\\b[A-Za-z]{1,40}[0-9][A-Za-z0-9]{10,200}\\b'),
]

const expressions = NORMALISATIONS.map(({ pattern, mark }) => ({ expression: new RegExp(pattern, 'g'), mark }))

/** The message with marks for what varies; what ClickHouse makes of it with `replaceRegexpAll`, in the same order. */
export const normalise = (message: string): string => expressions.reduce((text, { expression, mark }) => text.replace(expression, mark), message)
