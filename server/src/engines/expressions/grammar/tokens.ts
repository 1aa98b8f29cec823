import type { TokenRule } from '../../languages/tokens.ts'

export type Kind = 'name' | 'number' | 'text' | 'sign'

export const RULES: readonly TokenRule<Kind>[] = [
  ['skip', /\s+/y],
  ['name', /[A-Za-z_][A-Za-z0-9_]*/y],
  ['number', /(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?/y],
  ['text', /'[^'\\]*(?:\\.[^'\\]*)*'|"[^"\\]*(?:\\.[^"\\]*)*"/sy],
  ['sign', /==|!=|<=|>=|&&|\|\||[-+*/^<>()[\],]/y],
]

/** What stands between the quotes. A backslash frees its own kind of quote and is otherwise kept: SEARCH has its own use for it. */
export const unquote = (text: string): string => {
  const quote = text[0]!
  return text.slice(1, -1).replace(/\\(.)/gs, (pair, next: string) => (next === quote ? quote : pair))
}
