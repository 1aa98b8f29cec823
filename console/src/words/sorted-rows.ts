export interface Sorting {
  readonly column: string
  readonly down: boolean
}

type Row = Readonly<Record<string, string>>

/** Rows by a column: numbers by their size, all else by letters, and what is missing last. Undefined: as they came. */
export const sortedRows = <Each extends Row>(rows: readonly Each[], sorting: Sorting | undefined): readonly Each[] => {
  if (sorting === undefined) return rows
  const { column, down } = sorting
  const compare = (one: string | undefined, other: string | undefined): number => {
    if (one === undefined || other === undefined) return Number(one === undefined) - Number(other === undefined)
    const [a, b] = [Number(one), Number(other)]
    const order = one !== '' && other !== '' && !Number.isNaN(a) && !Number.isNaN(b) ? a - b : letters.compare(one, other)
    return down ? -order : order
  }
  return rows.toSorted((one, other) => compare(one[column], other[column]))
}

const letters = new Intl.Collator('en')

/** The next one of a column whose head was pressed: upwards, downwards, as they came. */
export const nextSorting = (before: Sorting | undefined, column: string): Sorting | undefined =>
  before?.column !== column ? { column, down: false } : before.down ? undefined : { column, down: true }
