import { type Lexicon, QueryCursor } from '../grammar/query-cursor.ts'

/** As Insights' own tokens, but for comments (`--`, slash and star), quotes within quotes and more signs. Sticky, in linear time. */
const LEXICON: Lexicon = {
  rules: [
    ['name', /[A-Za-z_@][A-Za-z0-9_@]*(?:\.[A-Za-z0-9_@]+)*/y],
    ['quoted', /`(?:[^`\0]|``)+`/y],
    ['suffix', /(?:\.[A-Za-z0-9_@]+)+/y],
    ['text', /"(?:[^"\\]|\\.|"")*"|'(?:[^'\\]|\\.|'')*'/sy],
    ['number', /[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![A-Za-z0-9_@])/y],
    ['period', /[0-9]+[A-Za-z]+(?![A-Za-z0-9_@])/y],
    ['sign', /<>|!=|<=|>=|==|\|\||[-=<>+*/%!(),[\].:;]/y],
  ],
  space: /(?:\s|--[^\n]*|\/\*(?:[^*]|\*(?!\/))*\*\/)*/y,
}

/** Reads a query in SQL token by token. */
export class SqlCursor extends QueryCursor {
  /** What the query calls its log groups: `lg` of `FROM … AS lg`. */
  readonly table: string | undefined

  constructor(text: string, table?: string) {
    super(text, cursor => { throw cursor.unexpected() }, LEXICON)
    this.table = table
  }

  /** Whether one of these words comes next, in any case. */
  atOneOf(words: ReadonlySet<string>): boolean {
    const { kind, text } = this.peek()
    return kind === 'name' && words.has(text.toLowerCase())
  }
}

/** What stands in backticks. */
export const unquoted = (token: string): string => token.slice(1, -1).replaceAll('``', '`')

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' }

/** What stands in quotes. A backslash makes quotes and backslashes plain, before anything else but n, t and r it is itself; so a text may hold `\%`. */
export const textWithin = (token: string): string => {
  const quote = token[0]!
  return token.slice(1, -1).replaceAll(/\\(["'\\ntr])|""|''/g, (whole, escaped: string | undefined) => {
    if (escaped !== undefined) return ESCAPES[escaped] ?? escaped
    return whole[0] === quote ? quote : whole
  })
}
