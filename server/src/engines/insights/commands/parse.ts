import { boundText, call, choose, constant, NULL, type Expression } from '../../../sql/expression.ts'
import { RE2JS } from 're2js'
import { parseName } from '../grammar/parse-expression.ts'
import { parsePrimary, parseText } from '../grammar/parse-primary.ts'
import { parseExpression } from '../grammar/parse-expression.ts'
import type { QueryCursor } from '../grammar/query-cursor.ts'
import type { ExpressionNode, Span } from '../grammar/query-tree.ts'
import { enginePattern } from '../plan/regex.ts'
import type { Planner } from '../plan/planner.ts'
import { anyValue, asText } from '../values.ts'
import { command } from './insights-command.ts'

interface ParseTree {
  /** Undefined: `@message`. */
  readonly of: ExpressionNode | undefined
  readonly how: 'glob' | 'regex'
  readonly pattern: string
  readonly at: Span
  readonly names: readonly string[]
}

export const parse = command<ParseTree>({
  name: 'parse',
  syntax: 'parse [expression] "glob *" as name, … | parse [expression] /regex with (?<name>…)/',
  text: 'Takes fields out of a text (`@message` if none is named). Rows that do not match stay, without the fields.',
  parse: cursor => {
    const { kind, text } = cursor.peek()
    const of = kind === 'text' || text === '/' ? undefined : parsePrimary(cursor, parseExpression)
    const at = cursor.peek()
    const regex = cursor.acceptRegex()
    const pattern = regex ?? parseText(cursor, 'a pattern in quotes or a regular expression')
    const names = cursor.acceptWord('as') ? namesOf(cursor) : []
    return { of, how: regex === undefined ? 'glob' : 'regex', pattern, at: { start: at.start, end: cursor.lastEnd }, names }
  },
  apply: (tree, planner) => {
    const text = tree.of === undefined ? planner.message(tree.at) : planner.bind(tree.of)
    const { pattern, groups } = tree.how === 'glob' ? globPattern(tree, planner) : namedPattern(tree, planner)
    const found = planner.rows.level.define(call('extractGroups', call('ifNull', asText(text), constant('')), boundText(pattern)))
    for (const [name, index] of groups) {
      const group: Expression = call('arrayElement', found, constant(index))
      // An optional group that takes no part is empty in the engine's answer; of a glob, what is empty is a value.
      const value = tree.how === 'glob' ? group : call('nullIf', group, constant(''))
      planner.rows.put(name, anyValue(choose([[call('notEmpty', found), value]], NULL)))
      planner.rows.show({ name, path: [name] })
    }
  },
})

const namesOf = (cursor: QueryCursor): readonly string[] => {
  const names = [parseName(cursor)]
  while (cursor.acceptSign(',')) names.push(parseName(cursor))
  return names
}

interface Groups {
  readonly pattern: string
  readonly groups: readonly (readonly [name: string, index: number])[]
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
  return { pattern: `(?s)${parts.join('')}`, groups: names.map((name, index) => [name, index + 1]) }
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
