import { isDigit, isWord } from './characters.ts'

/** Some characters of a set; as many as there are, up to `most`. */
interface Part {
  /** By character code, below 128. */
  readonly set: Uint8Array
  readonly least: number
  readonly most: number
}

/**
 * A form that is matched in one go, each part taking as much as it can and never giving back: time is bounded by the form's length, whatever
 * the text. Written like a regular expression without groups: `\d`, `[A-Z]`, a character, each with `?`, `{n}` or `{m,n}`. Letters are
 * taken in both cases.
 */
export interface Form {
  readonly parts: readonly Part[]
  /** Most characters that it can take. */
  readonly longest: number
  /** A character that it always begins with; undefined where there is none. */
  readonly first: string | undefined
}

export const compileForm = (source: string): Form => {
  const parts: Part[] = []
  let first: string | undefined
  for (const [index, [text = '', set, escaped, single, , exact, least, most]] of [...source.matchAll(PART)].entries()) {
    const characters = set ?? (escaped === 'd' ? '0-9' : `\\${escaped ?? single}`)
    const times = text.endsWith('?') && text.length > 1 ? [0, 1] : exact !== undefined ? [Number(exact), Number(exact)] : least !== undefined ? [Number(least), Number(most)] : [1, 1]
    parts.push({ set: setOf(characters), least: times[0] ?? 1, most: times[1] ?? 1 })
    const only = escaped ?? single ?? 'd'
    if (index === 0 && times[0] === 1 && times[1] === 1 && !/[A-Za-z]/.test(only)) first = only
  }
  return { parts, longest: parts.reduce((sum, { most }) => sum + most, 0), first }
}

/** `[set]`, `\d` or another escaped character, or a character; then how often. */
const PART = /(?:\[([^\]]+)\]|\\(.)|([^\\[]))(\?|\{(\d+)\}|\{(\d+),(\d+)\})?/g

const setOf = (characters: string): Uint8Array => {
  const set = new Uint8Array(128)
  for (const [, escaped, from, to, single] of characters.matchAll(/\\(.)|(.)-(.)|(.)/g)) {
    const start = (escaped ?? from ?? single ?? '').charCodeAt(0)
    const end = (escaped ?? to ?? single ?? '').charCodeAt(0)
    for (let code = start; code <= end; code++) {
      const char = String.fromCharCode(code)
      set[char.toLowerCase().charCodeAt(0)] = 1
      set[char.toUpperCase().charCodeAt(0)] = 1
    }
  }
  return set
}

/** Where the form, beginning at `start`, ends; -1 where it is not there, or part of something longer. */
export const matchForm = (form: Form, text: string, start: number, edges: string): number => {
  const { parts } = form
  const [begin] = parts
  const first = text.charCodeAt(start)
  // Most places fail here.
  if (begin === undefined || (begin.least > 0 && (first > 127 || begin.set[first] === 0)) || !beginsApart(text, start, edges)) return -1
  let at = start
  for (const { set, least, most } of parts) {
    let count = 0
    while (count < most && at < text.length) {
      const code = text.charCodeAt(at)
      if (code > 127 || set[code] === 0) break
      at++
      count++
    }
    if (count < least) return -1
  }
  return endsApart(text, at, edges) ? at : -1
}

/** Not right behind a letter or digit, and not behind a digit and what joins digits: half a number is another number. */
const beginsApart = (text: string, start: number, edges: string): boolean => {
  if (start === 0) return true
  const before = text.charCodeAt(start - 1)
  if (edges !== '' && edges.includes(text.charAt(start - 1))) return false
  const isNumber = isDigit(text.charCodeAt(start))
  if (isWord(before)) return !isWord(text.charCodeAt(start))
  return !(isNumber && JOINS.has(before) && start > 1 && isDigit(text.charCodeAt(start - 2)))
}

const endsApart = (text: string, end: number, edges: string): boolean => {
  if (end >= text.length) return true
  const next = text.charCodeAt(end)
  if (isWord(next) || (edges !== '' && edges.includes(text.charAt(end)))) return false
  return !(JOINS.has(next) && isDigit(text.charCodeAt(end - 1)) && end + 1 < text.length && isDigit(text.charCodeAt(end + 1)))
}

const JOINS = new Set(['-', '.', '/'].map(char => char.charCodeAt(0)))
