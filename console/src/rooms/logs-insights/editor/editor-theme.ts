import { EditorView } from '@codemirror/view'

/** The page's colours reach into the editor's shadow as custom properties. */
export const editorTheme = EditorView.theme({
  '&': { border: '1px solid var(--control)', borderRadius: '8px', background: 'var(--surface)', color: 'var(--text)', fontSize: '13px', overflow: 'hidden' },
  '&.cm-focused': { outline: '2px solid var(--focus)' },
  '.cm-scroller': { fontFamily: "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace", lineHeight: '20px', maxHeight: '320px', minHeight: '92px' },
  '.cm-content': { caretColor: 'var(--text)', padding: '8px 4px' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-placeholder': { color: 'var(--text-quiet)' },
  '&.cm-focused .cm-matchingBracket': { background: 'transparent', outline: '1px solid var(--focus)' },
  '.query-command, .query-pipe': { color: 'var(--query-command)', fontWeight: '700' },
  '.query-call, .query-word': { color: 'var(--query-call)' },
  '.query-field': { color: 'var(--query-field)' },
  '.query-text, .query-regex': { color: 'var(--query-text)' },
  '.query-number': { color: 'var(--query-number)' },
  '.query-comment': { color: 'var(--text-quiet)', fontStyle: 'italic' },
  '.query-problem': { textDecoration: 'underline wavy var(--bad)', textUnderlineOffset: '3px', background: 'color-mix(in srgb, var(--bad) 14%, transparent)' },
  '.cm-tooltip': { background: 'var(--surface)', border: '1px solid var(--line)', borderRadius: '8px', color: 'var(--text)', fontFamily: 'var(--font)', fontSize: '13px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'inherit', maxHeight: '220px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '2px 8px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': { background: 'var(--selected)', color: 'var(--text)' },
  '.cm-completionDetail': { color: 'var(--text-quiet)', fontStyle: 'normal' },
  '.cm-completionInfo': { maxWidth: '320px', padding: '6px 10px' },
  '.cm-completionInfo code': { fontSize: '12px', overflowWrap: 'anywhere' },
  '.cm-completionInfo p': { margin: '4px 0 0' },
})
