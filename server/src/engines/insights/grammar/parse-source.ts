import { InsightsProblem } from '../insights-problem.ts'
import type { QueryCursor, QueryToken } from './query-cursor.ts'
import type { SourceNode, SourceSearch } from './query-tree.ts'
import { parseText, withoutTicks } from './parse-primary.ts'

/** `SOURCE "g1", 'g2'`, `SOURCE g` or `SOURCE logGroups(namePrefix: ['p'], …)`. Times (`START=… END=…`) are the request's own and skipped. */
const parseSource = (cursor: QueryCursor): SourceNode => {
  const { start } = cursor.take()
  const groups: string[] = []
  const search = cursor.acceptWord('loggroups') ? searchOf(cursor) : undefined
  if (search === undefined) {
    do groups.push(groupName(cursor))
    while (cursor.acceptSign(',') || ['text', 'quoted'].includes(cursor.peek().kind))
  }
  while (cursor.acceptWord('start') || cursor.acceptWord('end')) {
    cursor.expectSign('=')
    cursor.acceptSign('-')
    if (cursor.acceptWord('now')) continue
    if (cursor.accept('number') === undefined) cursor.expect('period', 'a time')
  }
  return { groups, search, start, end: cursor.lastEnd }
}

/** The groups of all SOURCEs that a query begins with: log widgets of several groups, as CDK writes them, have one SOURCE for each. */
export const parseSources = (cursor: QueryCursor): SourceNode | undefined => {
  if (!cursor.atWord('source')) return undefined
  let source = parseSource(cursor)
  while (source.search === undefined && cursor.peek().text === '|' && isWord(cursor.peekSecond(), 'source')) {
    cursor.take()
    const { groups, search, start, end } = parseSource(cursor)
    if (search !== undefined) throw new InsightsProblem('logGroups(…) cannot stand beside other SOURCEs', start, end)
    source = { ...source, groups: [...source.groups, ...groups], end }
  }
  return source
}

const isWord = ({ kind, text }: QueryToken, word: string): boolean => kind === 'name' && text.toLowerCase() === word

const groupName = (cursor: QueryCursor): string => {
  const quoted = cursor.accept('quoted')
  if (quoted !== undefined) return withoutTicks(quoted.text)
  return cursor.accept('name')?.text ?? parseText(cursor, 'a log group in quotes')
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Source.html */
const LIMITS = { nameprefix: 5, accountidentifiers: 20, class: 3 } as const
type Key = keyof typeof LIMITS

const searchOf = (cursor: QueryCursor): SourceSearch => {
  cursor.expectSign('(')
  const found: Partial<Record<Key, readonly string[]>> = {}
  if (!cursor.acceptSign(')')) {
    do {
      const name = cursor.peek().text.toLowerCase()
      if (!isKey(name) || found[name] !== undefined) throw cursor.unexpected('namePrefix, accountIdentifiers or class')
      cursor.take()
      cursor.expectSign(':')
      found[name] = texts(cursor, LIMITS[name])
    } while (cursor.acceptSign(','))
    cursor.expectSign(')')
  }
  return { namePrefixes: found.nameprefix ?? [], accounts: found.accountidentifiers ?? [], classes: found.class ?? [] }
}

const isKey = (name: string): name is Key => Object.hasOwn(LIMITS, name)

const texts = (cursor: QueryCursor, limit: number): readonly string[] => {
  cursor.expectSign('[')
  const found: string[] = []
  do {
    if (found.length === limit) throw cursor.unexpected(`at most ${limit}`)
    found.push(parseText(cursor, 'a text'))
  } while (cursor.acceptSign(','))
  cursor.expectSign(']')
  return found
}
