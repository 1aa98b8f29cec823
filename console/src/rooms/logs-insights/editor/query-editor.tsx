import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { bracketMatching } from '@codemirror/language'
import { EditorState, Prec } from '@codemirror/state'
import { EditorView, keymap, placeholder } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import { completionsIn } from './completions.ts'
import { editorTheme } from './editor-theme.ts'
import { highlighting, type Place, problems, showProblem } from './highlight.ts'
import { typingOver } from './typing-over.ts'

interface Props {
  /** What the editor is to hold: another object, another text. What is typed meanwhile does not come back this way. */
  readonly loaded: { readonly text: string }
  readonly onChange: (value: string) => void
  readonly onRun: () => void
  /** Fields that completion offers. */
  readonly fields: readonly string[]
  readonly problem: Place | undefined
}

/** The editor of queries. */
export const QueryEditor = (props: Props) => {
  const { loaded, problem } = props
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(undefined)
  const latest = useRef(props)
  useEffect(() => {
    latest.current = props
  })
  useEffect(() => {
    const element = host.current
    if (element === null) return undefined
    // In a shadow the editor adopts its style sheets; in the document it would write a <style>, which the page's policy refuses.
    const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' })
    const made = new EditorView({ root, parent: root, state: stateOf(latest) })
    view.current = made
    return () => {
      made.destroy()
      view.current = undefined
    }
  }, [])
  useEffect(() => {
    const now = view.current?.state.doc.toString()
    if (now !== undefined && now !== loaded.text) view.current?.dispatch({ changes: { from: 0, to: now.length, insert: loaded.text } })
  }, [loaded])
  useEffect(() => {
    view.current?.dispatch({ effects: showProblem.of(problem) })
  }, [problem])
  return <div ref={host} className="query-editor" />
}

const stateOf = (latest: { readonly current: Props }): EditorState =>
  EditorState.create({
    doc: latest.current.loaded.text,
    extensions: [
      Prec.highest(keymap.of([{ key: 'Mod-Enter', run: () => (latest.current.onRun(), true) }])),
      // Tab leaves the editor, as it leaves every field.
      keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
      history(), bracketMatching(), closeBrackets(), highlighting, problems, typingOver, editorTheme, EditorView.lineWrapping,
      placeholder('fields @timestamp, @message | sort @timestamp desc'),
      autocompletion({ override: [context => completionsIn(context, latest.current.fields)], icons: false }),
      EditorView.contentAttributes.of({ 'aria-label': 'Query', 'spellcheck': 'false' }),
      EditorView.updateListener.of(({ docChanged, state }) => {
        if (docChanged) latest.current.onChange(state.doc.toString())
      }),
    ],
  })
