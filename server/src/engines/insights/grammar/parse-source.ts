import type { QueryCursor } from './query-cursor.ts'
import type { SourceNode, SourceSearch } from './query-tree.ts'
import { parseText } from './parse-primary.ts'

/** `SOURCE "g1", 'g2'`, `SOURCE g` or `SOURCE logGroups(namePrefix: ['p'], …)`. Times (`START=… END=…`) are the request's own and skipped. */
export const parseSource = (cursor: QueryCursor): SourceNode => {
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

const groupName = (cursor: QueryCursor): string => {
  const quoted = cursor.accept('quoted')
  if (quoted !== undefined) return quoted.text.slice(1, -1)
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
