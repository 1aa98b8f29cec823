declare module 'virtual:theme.css'

declare module 'virtual:insights-words' {
  /** What the query language's commands and functions say of themselves. */
  export const WORDS: readonly { readonly kind: 'command' | 'function' | 'aggregate'; readonly name: string; readonly usage: string; readonly text: string }[]
}
