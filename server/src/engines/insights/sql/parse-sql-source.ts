import { InsightsProblem } from '../insights-problem.ts'
import type { SourceNode } from '../grammar/query-tree.ts'
import { RESERVED } from './parse-sql-primary.ts'
import { SqlCursor, textWithin, unquoted } from './sql-cursor.ts'
import { refusal } from './sql-nodes.ts'

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_AnalyzeLogData_SQL.html */
const MAX_GROUPS = 50

/** `` FROM `group` AS name `` or `` FROM `logGroups(logGroupIdentifier: ['a', 'b'])` ``, behind FROM. */
export const parseSqlSource = (cursor: SqlCursor): { readonly source: SourceNode; readonly table: string | undefined } => {
  const { start, end, text, kind } = cursor.peek()
  if (text === '(') throw refusal('Subqueries are not supported', cursor.peek())
  if (cursor.atOneOf(RESERVED) || (kind !== 'quoted' && kind !== 'name')) throw cursor.unexpected('a log group in backticks')
  cursor.take()
  const groups = kind === 'name' ? [text] : groupsOf(unquoted(text), cursor.text, start, end)
  const source = { groups, search: undefined, start, end }
  const named = cursor.acceptWord('as') || (!cursor.atOneOf(RESERVED) && ['name', 'quoted'].includes(cursor.peek().kind))
  const table = named ? nameOf(cursor) : undefined
  if (cursor.peek().text === ',') throw refusal('Several log groups are named as `logGroups(logGroupIdentifier: [\'a\', \'b\'])`', cursor.peek())
  if (cursor.atOneOf(JOINS)) throw refusal('Joins are not supported', cursor.peek())
  return { source, table }
}

const JOINS: ReadonlySet<string> = new Set(['join', 'inner', 'left', 'right', 'full', 'cross'])

export const nameOf = (cursor: SqlCursor): string => {
  const quoted = cursor.accept('quoted')
  if (quoted !== undefined) return unquoted(quoted.text)
  if (cursor.atOneOf(RESERVED)) throw cursor.unexpected('a name')
  return cursor.expect('name', 'a name').text
}

const SELECTION = /^\s*(logGroups|filterIndex|dataSource)\s*\(/i

const groupsOf = (name: string, text: string, start: number, end: number): readonly string[] => {
  const selection = SELECTION.exec(name)?.[1]?.toLowerCase()
  if (selection === undefined) return [name]
  if (selection !== 'loggroups') throw new InsightsProblem(`Selecting log groups by ${selection === 'filterindex' ? 'filterIndex' : 'dataSource'} is not supported`, start, end)
  // Blanks in place of what stands before, so that problems say where they are in the whole.
  const inner = new SqlCursor(' '.repeat(start + 1) + text.slice(start + 1, end - 1))
  inner.take()
  inner.expectSign('(')
  if (!inner.acceptWord('loggroupidentifier')) throw inner.unexpected('logGroupIdentifier')
  inner.expectSign(':')
  inner.expectSign('[')
  const groups: string[] = []
  do {
    if (groups.length === MAX_GROUPS) throw inner.unexpected(`at most ${MAX_GROUPS} log groups`)
    groups.push(textWithin(inner.expect('text', 'a log group in quotes').text))
  } while (inner.acceptSign(','))
  inner.expectSign(']')
  inner.expectSign(')')
  if (inner.peek().kind !== 'end') throw inner.unexpected('the end of the selection')
  return groups
}
