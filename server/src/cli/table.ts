import { columnsOf } from './text-columns.ts'

/** Rows as aligned columns, the first row as their heads. Control characters, which could play with the terminal, are shown as dots. */
export const table = (rows: readonly (readonly string[])[]): readonly string[] => {
  const printable = rows.map(row => row.map(plain))
  const widths = (printable[0] ?? []).map((_, column) => printable.reduce((most, row) => Math.max(most, columnsOf(row[column] ?? '')), 0))
  return printable.map(row => row.map((cell, column) => `${cell}${' '.repeat(Math.max(0, (widths[column] ?? 0) - columnsOf(cell)))}`).join('  ').trimEnd())
}

/** Controls, and marks that turn what follows from left to right around. */
// oxlint-disable-next-line no-control-regex -- these are what is looked for
export const plain = (text: string): string => text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '·')
