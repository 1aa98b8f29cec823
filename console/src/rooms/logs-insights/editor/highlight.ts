import { type Extension, RangeSetBuilder, StateEffect, StateField, type Text } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view'
import { queryPieces } from '../../../words/query-text.ts'

const MARKS = new Map(['comment', 'text', 'regex', 'field', 'number', 'pipe', 'command', 'call', 'word']
  .map(kind => [kind, Decoration.mark({ class: `query-${kind}` })]))

const coloured = (text: Text): DecorationSet => {
  const builder = new RangeSetBuilder<Decoration>()
  for (const { kind, start, end } of queryPieces(text.toString())) {
    const mark = MARKS.get(kind)
    if (mark !== undefined) builder.add(start, end, mark)
  }
  return builder.finish()
}

/** Queries have at most 10,000 characters: they are coloured whole. */
export const highlighting: Extension = StateField.define<DecorationSet>({
  create: state => coloured(state.doc),
  update: (marks, { docChanged, state }) => (docChanged ? coloured(state.doc) : marks),
  provide: field => EditorView.decorations.from(field),
})

/** Where a query is wrong, as offsets of its text. */
export interface Place {
  readonly start: number
  readonly end: number
}

export const showProblem = StateEffect.define<Place | undefined>()

const PROBLEM = Decoration.mark({ class: 'query-problem' })

/** Underlines what is wrong until the text changes. */
export const problems: Extension = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (marks, { docChanged, effects, state }) => {
    for (const effect of effects) {
      if (!effect.is(showProblem)) continue
      if (effect.value === undefined) return Decoration.none
      // At the end of the text there is nothing to underline but what stands before it.
      const end = Math.min(Math.max(effect.value.end, effect.value.start + 1), state.doc.length)
      const start = Math.max(0, Math.min(effect.value.start, end - 1))
      return end > start ? Decoration.set(PROBLEM.range(start, end)) : Decoration.none
    }
    return docChanged ? Decoration.none : marks
  },
  provide: field => EditorView.decorations.from(field),
})
