import type { Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'

/**
 * What is typed over a selection is put in by the editor. Left to the browser, Chromium keeps the look of what it takes away by
 * writing style attributes, which the page's policy refuses and reports.
 */
export const typingOver: Extension = EditorView.domEventHandlers({
  beforeinput: (event, view) => {
    const { main } = view.state.selection
    const text = event.data
    if (event.inputType !== 'insertText' || text === null || main.empty || view.composing) return false
    const insert = () => view.state.update({ ...view.state.replaceSelection(text), scrollIntoView: true, userEvent: 'input.type' })
    if (!view.state.facet(EditorView.inputHandler).some(handle => handle(view, main.from, main.to, text, insert))) view.dispatch(insert())
    event.preventDefault()
    return true
  },
})
