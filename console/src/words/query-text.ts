/** Pieces of a query as an editor colours them. */
export type QueryPieceKind = 'comment' | 'text' | 'regex' | 'field' | 'number' | 'pipe' | 'command' | 'call' | 'word' | 'name' | 'sign'

export interface QueryPiece {
  readonly kind: QueryPieceKind
  readonly start: number
  /** Exclusive. */
  readonly end: number
}

const RULES: readonly (readonly [QueryPieceKind, RegExp])[] = [
  ['comment', /#[^\n]*/y],
  ['text', /"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?/sy],
  ['field', /`[^`\n]*`?|@\w+(?:\.\w+)*/y],
  ['number', /\d+(?:\.\d+)?[a-z]*\b/iy],
  ['name', /[A-Za-z_]\w*(?:\.\w+)*/y],
  ['pipe', /\|/y],
  ['sign', /=~|!=|<=|>=|[^\s\w]/y],
]
const REGEX = /\/(?:[^/\\\n]|\\.)+\/?/y
const WORDS = new Set(['and', 'or', 'not', 'like', 'in', 'as', 'by', 'asc', 'desc', 'between'])

/** The pieces of a query, wherever its author has got to: what does not end is a piece too. */
export const queryPieces = (text: string): readonly QueryPiece[] => {
  const pieces: QueryPiece[] = []
  let command = ''
  let before = ''
  for (let at = 0; at < text.length;) {
    if (/\s/.test(text.charAt(at))) {
      at += 1
      continue
    }
    const [kind, end] = pieceAt(text, at, command, before)
    const word = text.slice(at, end)
    const shown = kind !== 'name' ? kind : command === '' ? 'command' : WORDS.has(word.toLowerCase()) ? 'word' : /^\s*\(/.test(text.slice(end)) ? 'call' : 'name'
    pieces.push({ kind: shown, start: at, end })
    if (kind === 'pipe') command = ''
    else if (shown === 'command') command = word.toLowerCase()
    if (kind !== 'comment') before = word.toLowerCase()
    at = end
  }
  return pieces
}

const pieceAt = (text: string, at: number, command: string, before: string): readonly [QueryPieceKind, number] => {
  // A slash divides unless a regular expression is what must come here.
  if (text.charAt(at) === '/' && (command === 'parse' || ['like', '=~', ',', '(', '[', 'not', 'and', 'or'].includes(before))) {
    const end = matched(REGEX, text, at)
    if (end !== undefined) return ['regex', end]
  }
  for (const [kind, rule] of RULES) {
    const end = matched(rule, text, at)
    if (end !== undefined) return [kind, end]
  }
  return ['sign', at + 1]
}

const matched = (rule: RegExp, text: string, at: number): number | undefined => {
  rule.lastIndex = at
  return rule.test(text) ? rule.lastIndex : undefined
}

/** The commands of a query, each as its text and its name in lower case. */
export const commandsOf = (text: string): readonly { readonly name: string; readonly text: string }[] => {
  const pieces = queryPieces(text)
  const pipes = [...pieces.filter(({ kind }) => kind === 'pipe').map(({ start }) => start), text.length]
  return pipes.flatMap((end, index) => {
    const start = index === 0 ? 0 : (pipes[index - 1] ?? 0) + 1
    const command = pieces.find(piece => piece.kind === 'command' && piece.start >= start && piece.end <= end)
    return command === undefined ? [] : [{ name: text.slice(command.start, command.end).toLowerCase(), text: text.slice(command.start, end).trim() }]
  })
}

/** Commands that say which events are looked at and what is in them. */
const NARROWING = new Set(['source', 'fields', 'filter', 'where', 'filterindex', 'parse', 'json'])
/** Commands that leave the events as they are. */
const SHOWING = new Set(['sort', 'display', 'unmask'])

/** A query that counts the events that another one looks at, in steps of so many seconds, as `at` and `events`. */
export const histogramQuery = (query: string, step: number): string => {
  const kept: string[] = []
  for (const { name, text } of commandsOf(query)) {
    // Every match a row: what comes after counts those.
    if (name === 'parse' && /\/\s*multi\b/i.test(text)) break
    if (NARROWING.has(name)) kept.push(text)
    else if (!SHOWING.has(name)) break
  }
  // A comment would take the pipe after it along.
  return [...kept, `stats count(*) as events by bin(${step}s) as at`].join('\n| ')
}

const STEPS = [1, 5, 10, 15, 30, 60, 300, 600, 900, 1800, 3600, 7200, 21_600, 43_200, 86_400]
const MOST_STEPS = 80

/** Seconds of a step, so that a range has as many as fit side by side. */
export const histogramStep = (start: number, end: number): number =>
  STEPS.find(step => (end - start) / step <= MOST_STEPS) ?? Math.ceil((end - start) / MOST_STEPS / 86_400) * 86_400

const COMMENTS = String.raw`(?:\s|--[^\n]*|/\*(?:[^*]|\*(?!/))*\*/)*`
const SQL = new RegExp(String.raw`^${COMMENTS}select\b`, 'i')

/** Which language a query is written in, as StartQuery is told: no query of Insights' own language begins as SQL does. */
export const queryLanguage = (query: string): 'SQL' | 'CWLI' => (SQL.test(query) ? 'SQL' : 'CWLI')

/** Whether the query itself says which log groups it reads; the request must not, then. SQL always does. */
export const namesGroups = (query: string): boolean => /^\s*SOURCE\b/i.test(query) || queryLanguage(query) === 'SQL'

const SOURCE = /^\s*SOURCE\s+(?:'([^']*)'|"([^"]*)"|`([^`]*)`)\s*\|/i

/** A dashboard's query begins with `SOURCE 'group' |`, once a group; the rest is the query. */
export const splitSources = (text: string): { readonly groups: readonly string[]; readonly query: string } => {
  const groups: string[] = []
  let query = text
  for (let found = SOURCE.exec(query); found !== null; found = SOURCE.exec(query)) {
    groups.push(found[1] ?? found[2] ?? found[3] ?? '')
    query = query.slice(found[0].length)
  }
  return { groups, query: query.trim() }
}
