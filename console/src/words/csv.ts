/** Texts that spreadsheets would take for formulas: whoever writes a log could have them executed. */
const FORMULA = /^[=+\-@\t\r]/
const NEEDS_QUOTES = /[",\r\n]/

/** Rows below a line of column names, RFC 4180. */
export const csvOf = (columns: readonly string[], rows: readonly Readonly<Record<string, string | undefined>>[]): string =>
  [columns, ...rows.map(row => columns.map(column => row[column] ?? ''))].map(cells => `${cells.map(cell).join(',')}\r\n`).join('')

const cell = (text: string): string => {
  const harmless = FORMULA.test(text) && !Number.isFinite(Number(text)) ? `'${text}` : text
  return NEEDS_QUOTES.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
