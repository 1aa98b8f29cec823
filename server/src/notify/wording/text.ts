/**
 * The text as every receiver can take it: no half characters, no control characters but tab and line feed, no marks that
 * turn the reading direction around (they can make a harmless text look like another).
 */
export const readable = (text: string): string => text.toWellFormed().replace(/\r\n?/g, '\n').replace(UNREADABLE, '')

/** {@link readable}, on one line. */
export const oneLine = (text: string): string => readable(text).replace(/\s+/g, ' ').trim()

/** At most `limit` code points; what is cut ends with `…`. Never splits a character that needs two code units. */
export const truncate = (text: string, limit: number): string => {
  if (text.length <= limit) return text
  const points = Array.from(text.slice(0, limit * 2 + 2))
  return points.length <= limit ? text : `${points.slice(0, Math.max(0, limit - 1)).join('')}…`
}

/** Escapes for HTML text and double-quoted attributes. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, character => HTML[character] ?? character)

const HTML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const UNREADABLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/g
