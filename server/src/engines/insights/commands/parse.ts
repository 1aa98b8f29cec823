import { and, boundText, call, choose, column, constant, list, NULL, type Expression } from '../../../sql/expression.ts'
import { RE2JS } from 're2js'
import { parseExpression, parseName } from '../grammar/parse-expression.ts'
import { parsePrimary, parseText } from '../grammar/parse-primary.ts'
import type { QueryCursor } from '../grammar/query-cursor.ts'
import type { ExpressionNode, Span } from '../grammar/query-tree.ts'
import { enginePattern } from '../plan/regex.ts'
import type { Planner } from '../plan/planner.ts'
import { anyValue, asText, jsonValue, type Value } from '../values.ts'
import { command } from './insights-command.ts'

interface ParseTree {
  /** Undefined: `@message`. */
  readonly of: ExpressionNode | undefined
  readonly how: 'glob' | 'regex' | 'logfmt' | 'csv'
  readonly pattern: string
  readonly at: Span
  readonly names: readonly string[]
  /** A row of every match, not of the first alone. */
  readonly multi?: boolean
}

export const parse = command<ParseTree>({
  name: 'parse',
  syntax: 'parse [expression] "glob *" as name, … | parse [expression] /regex with (?<name>…)/ [multi] | parse [expression] csv as name, … | parse [expression] logfmt as name',
  text: 'Takes fields out of a text (`@message` if none is named). Rows that do not match stay, without the fields. With `multi` every match is a row.',
  parse: cursor => {
    const { kind, text } = cursor.peek()
    const of = kind === 'text' || text === '/' || isMode(cursor) ? undefined : parsePrimary(cursor, parseExpression)
    const at = cursor.peek()
    if (isMode(cursor)) {
      const how = cursor.take().text.toLowerCase() as 'csv' | 'logfmt'
      cursor.expectWord('as')
      return { of, how, pattern: '', at, names: how === 'csv' ? namesOf(cursor) : [parseName(cursor)] }
    }
    const regex = cursor.acceptRegex()
    const pattern = regex ?? parseText(cursor, 'a pattern in quotes or a regular expression')
    const end = cursor.lastEnd
    // AWS's page has the word behind the names, too.
    const isMulti = (): boolean => regex !== undefined && cursor.acceptWord('multi')
    const isFirst = isMulti()
    const names = cursor.acceptWord('as') ? namesOf(cursor) : []
    const multi = isFirst || isMulti()
    return { of, how: regex === undefined ? 'glob' : 'regex', pattern, at: { start: at.start, end }, names, multi }
  },
  apply: (tree, planner) => {
    const text = tree.of === undefined ? planner.message(tree.at) : planner.bind(tree.of)
    if (tree.how === 'logfmt' || tree.how === 'csv') {
      for (const [name, value] of tree.how === 'csv' ? csvColumns(asText(text), tree.names) : [logfmt(asText(text), tree.names[0]!)]) {
        planner.rows.put(name, value)
        planner.rows.show({ name, path: [name] })
        planner.given.add(name)
      }
      return
    }
    const { pattern, groups, matchesNothing } = tree.how === 'glob' ? globPattern(tree, planner) : namedPattern(tree, planner)
    for (const [name] of groups) planner.given.add(name)
    if (tree.multi === true) {
      rowsOfMatches(asText(text), pattern, groups, planner)
      return
    }
    const found = planner.rows.level.define(call('extractGroups', call('ifNull', asText(text), constant('')), boundText(pattern)))
    // A glob of nothing but stars matches the empty text that stands for a missing one.
    const isFound = matchesNothing === true ? and(call('notEmpty', found), call('isNotNull', asText(text))) : call('notEmpty', found)
    for (const [name, index] of groups) {
      const group: Expression = call('arrayElement', found, constant(index))
      // An optional group that takes no part is empty in the engine's answer; of a glob, what is empty is a value.
      const value = tree.how === 'glob' ? group : call('nullIf', group, constant(''))
      planner.rows.put(name, anyValue(choose([[isFound, value]], NULL)))
      planner.rows.show({ name, path: [name] })
    }
  },
})

/** One row of every match, in their order; one without the fields where there is none. */
const rowsOfMatches = (text: Expression, pattern: string, groups: Groups['groups'], { rows }: Planner): void => {
  // The matches become columns of a level of their own, so that nothing there is counted or cut off before.
  rows.put(TEXT, anyValue(text))
  rows.wrap()
  const all = rows.level.define(call('extractAllGroupsVertical', call('ifNull', asText(rows.named(TEXT)!), constant('')), boundText(pattern)))
  const matches = rows.level.define(choose([[call('notEmpty', all), all]], list([call('emptyArrayString')])))
  const match = rows.names.next('e')
  const place = rows.names.next('e')
  rows.level.unnest = [{ name: match, of: matches }, { name: place, of: call('arrayEnumerate', matches) }]
  rows.order = [...rows.order, { by: column(place) }]
  rows.putAll(groups.map(([name, index]) => [name, anyValue(call('nullIf', call('arrayElement', column(match), constant(index)), constant('')))]))
  for (const [name] of groups) rows.show({ name, path: [name] })
  rows.wrap()
}

/** No name that a query can give. */
const TEXT = '\0text'

/** `parse csv as a` names a mode; `parse csv "…"` a field. */
const isMode = (cursor: QueryCursor): boolean => (cursor.atWord('csv') || cursor.atWord('logfmt')) && cursor.peekSecond().text.toLowerCase() === 'as'

/** A column of comma-separated values; quotes around one are taken off. */
const csvColumns = (text: Expression, names: readonly string[]): readonly (readonly [string, Value])[] => {
  // Every value with the comma before it, so that one of nothing is found as well.
  const cells = call('extractAll', call('concat', constant(','), text), boundText(',(?:[ ]*"(?:[^"]|"")*"[ ]*|[^,]*)'))
  return names.map((name, index) => {
    const cell = call('trimBoth', call('substring', call('arrayElement', cells, constant(index + 1)), constant(2)))
    const quoted = call('replaceAll', call('substring', cell, constant(2), call('minus', call('length', cell), constant(2))), constant('""'), constant('"'))
    const value = choose([[call('startsWith', cell, constant('"')), quoted]], cell)
    return [name, anyValue(choose([[call('less', call('length', cells), constant(index + 1)), NULL]], value))]
  })
}

/** `key=value key="quoted value"` as a map. */
const logfmt = (text: Expression, name: string): readonly [string, Value] =>
  [name, jsonValue(call('toJSONString', call('extractKeyValuePairs', text, constant('='), constant(' '), constant('"'))))]

const namesOf = (cursor: QueryCursor): readonly string[] => {
  const names = [parseName(cursor)]
  while (cursor.acceptSign(',')) names.push(parseName(cursor))
  return names
}

interface Groups {
  readonly pattern: string
  readonly groups: readonly (readonly [name: string, index: number])[]
  /** Whether a text of no characters matches, and its groups count. */
  readonly matchesNothing?: boolean
}

/** Each `*` takes as little as it can, the one at the end all the rest. */
const globPattern = ({ pattern, names, at }: ParseTree, planner: Planner): Groups => {
  const literals = pattern.split('*')
  if (literals.length - 1 !== names.length || names.length === 0) {
    planner.refuse(`The pattern has ${literals.length - 1} '*', but ${names.length} names are given`, at)
  }
  if (pattern.includes('\0')) planner.refuse('A pattern holds no NUL', at)
  const atEnd = literals.at(-1) === ''
  const parts = literals.map((literal, index) => {
    const wildcard = index === literals.length - 1 ? '' : atEnd && index === literals.length - 2 ? '(.*)' : '(.*?)'
    return `${literal.replaceAll(/[\\^$.[\]|()?*+{}]/g, '\\$&')}${wildcard}`
  })
  return { pattern: `(?s)${parts.join('')}`, groups: names.map((name, index) => [name, index + 1]), matchesNothing: literals.every(literal => literal === '') }
}

const namedPattern = ({ pattern, names, at }: ParseTree, planner: Planner): Groups => {
  const engine = enginePattern(pattern)
  if (typeof engine !== 'string') return planner.refuse(`Invalid regular expression: ${engine.problem}`, at)
  const compiled = RE2JS.compile(engine)
  if (names.length > 0) {
    if (names.length !== compiled.groupCount()) planner.refuse(`The expression has ${compiled.groupCount()} groups, but ${names.length} names are given`, at)
    return { pattern: engine, groups: names.map((name, index) => [name, index + 1]) }
  }
  const groups = Object.entries(compiled.namedGroups())
  if (groups.length === 0) planner.refuse('The expression needs named groups: (?<name>…)', at)
  return { pattern: engine, groups }
}
