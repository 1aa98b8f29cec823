import type { QueryCursor } from '../grammar/query-cursor.ts'

/** The name of the option that begins here (`name=`), if it is one of these; what stands behind the sign is to be read next. */
export const acceptOption = <Name extends string>(cursor: QueryCursor, names: readonly Name[]): Name | undefined => {
  const { kind, text } = cursor.peek()
  const name = kind === 'name' && cursor.peekSecond().text === '=' ? names.find(one => one === text.toLowerCase()) : undefined
  if (name === undefined) return undefined
  cursor.take()
  cursor.expectSign('=')
  return name
}

/** `true` or `false`. */
export const parseTruth = (cursor: QueryCursor): boolean => {
  const found = TRUTHS.get(cursor.peek().text.toLowerCase())
  if (found === undefined) throw cursor.unexpected('true or false')
  cursor.take()
  return found
}

const TRUTHS: ReadonlyMap<string, boolean> = new Map([['true', true], ['t', true], ['1', true], ['false', false], ['f', false], ['0', false]])
