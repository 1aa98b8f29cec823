/** Rows as aligned columns, the first row as their heads. Control characters, which could play with the terminal, are shown as dots. */
export const table = (rows: readonly (readonly string[])[]): readonly string[] => {
  const printable = rows.map(row => row.map(plain))
  const widths = (printable[0] ?? []).map((_, column) => Math.max(...printable.map(row => row[column]?.length ?? 0)))
  return printable.map(row => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd())
}

// oxlint-disable-next-line no-control-regex -- these are what is looked for
export const plain = (text: string): string => text.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, '·')
