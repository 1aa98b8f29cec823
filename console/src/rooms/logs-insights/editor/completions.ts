import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import { WORDS } from 'virtual:insights-words'
import { fieldInQuery } from '../../../words/log-fields.ts'
import { queryPieces } from '../../../words/query-text.ts'

const infoOf = (usage: string, text: string): (() => Node) => () => {
  const box = document.createElement('div')
  const code = box.appendChild(document.createElement('code'))
  code.textContent = usage
  const words = box.appendChild(document.createElement('p'))
  // The texts are Markdown with nothing but backquotes in it.
  words.textContent = text.replaceAll('`', '')
  return box
}

const COMMANDS: readonly Completion[] = WORDS.filter(({ kind }) => kind === 'command')
  .map(({ name, usage, text }) => ({ label: name, type: 'keyword', info: infoOf(usage, text), apply: `${name} ` }))

const CALLS: readonly Completion[] = WORDS.filter(({ kind }) => kind !== 'command').map(({ kind, name, usage, text }) => ({
  label: name, type: 'function', detail: usage.slice(name.length), info: infoOf(usage, text), boost: kind === 'aggregate' ? 1 : 0,
  apply: (view, _completion, from, to) => {
    view.dispatch({ changes: { from, to, insert: `${name}()` }, selection: { anchor: from + name.length + 1 } })
  },
}))

const WORD_COMPLETIONS: readonly Completion[] = ['and', 'or', 'not', 'like', 'in', 'as', 'by', 'asc', 'desc'].map(label => ({ label, type: 'keyword', boost: -1 }))

const fieldCompletion = (name: string): Completion =>
  ({ label: name, type: 'variable', boost: 2, apply: fieldInQuery(name) })

/** Commands behind a pipe; elsewhere fields, functions and words; nothing within texts and comments. */
export const completionsIn = (context: CompletionContext, fields: readonly string[]): CompletionResult | null => {
  const word = context.matchBefore(/[@\w.]*/)
  if (word === null || (word.from === word.to && !context.explicit)) return null
  const pieces = queryPieces(context.state.doc.toString())
  const here = pieces.find(({ start, end }) => start < context.pos && context.pos <= end)
  if (here !== undefined && ['text', 'comment', 'regex', 'number'].includes(here.kind)) return null
  const before = pieces.findLast(({ end }) => end <= word.from && end > 0)
  const options = before === undefined || before.kind === 'pipe' ? COMMANDS : [...fields.map(fieldCompletion), ...CALLS, ...WORD_COMPLETIONS]
  return { from: word.from, options, validFor: /^[@\w.]*$/ }
}
