import type { QueryAnswer, QueryRow } from '../aws/log-queries.ts'

/** What of a query's answer can be drawn. */
export interface Drawable {
  /** The column of times, where the rows are of times. */
  readonly time: string | undefined
  readonly lines: readonly DrawnLine[]
}

export interface DrawnLine {
  readonly label: string
  /** Epoch seconds, oldest first; of rows that are not of times, one at 0. */
  readonly timestamps: readonly number[]
  readonly values: readonly number[]
}

const TIME = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)$/
const MOST_LINES = 50

/** Epoch seconds of a time as results show it, in UTC. */
export const secondsOf = (text: string): number => {
  const [, day, time] = TIME.exec(text) ?? []
  return day === undefined ? Number.NaN : Date.parse(`${day}T${time}Z`) / 1000
}

const isNumber = (text: string): boolean => text !== '' && Number.isFinite(Number(text))

/** Lines over time of `stats … by bin()`, one value a row of other groups; undefined where no column has numbers. */
export const drawableOf = ({ columns, rows }: Pick<QueryAnswer, 'columns' | 'rows'>): Drawable | undefined => {
  // Events have a pointer, groups of events have none.
  if (rows.length === 0 || rows.some(row => row['@ptr'] !== undefined)) return undefined
  const all = (column: string, test: (text: string) => boolean): boolean => rows.every(row => row[column] === undefined || test(row[column]))
  const time = columns.find(column => all(column, text => TIME.test(text)))
  const rest = columns.filter(column => column !== time)
  const numbers = rest.filter(column => all(column, isNumber))
  const names = rest.filter(column => !numbers.includes(column))
  // Numbers alone, as in `stats count(*) by status`: what comes first is what they are grouped by.
  if (names.length === 0 && time === undefined && numbers.length > 1 && rows.length > 1) names.push(numbers.shift() ?? '')
  if (numbers.length === 0) return undefined
  return { time, lines: time === undefined ? valuesOf(rows, names, numbers) : linesOf(rows, time, names, numbers) }
}

const labelOf = (row: QueryRow, names: readonly string[], number: string, only: boolean): string => {
  const group = names.map(name => row[name] ?? '–').join(' · ')
  return group === '' ? number : only ? group : `${group} ${number}`
}

const valuesOf = (rows: readonly QueryRow[], names: readonly string[], numbers: readonly string[]): readonly DrawnLine[] =>
  rows.slice(0, MOST_LINES).flatMap(row => numbers.flatMap((number): DrawnLine[] =>
    (row[number] === undefined ? [] : [{ label: labelOf(row, names, number, numbers.length === 1), timestamps: [0], values: [Number(row[number])] }])))

const linesOf = (rows: readonly QueryRow[], time: string, names: readonly string[], numbers: readonly string[]): readonly DrawnLine[] => {
  const lines = new Map<string, [at: number, value: number][]>()
  for (const row of rows) {
    const at = secondsOf(row[time] ?? '')
    for (const number of numbers) {
      if (Number.isNaN(at) || row[number] === undefined) continue
      const label = labelOf(row, names, number, numbers.length === 1)
      const points = lines.get(label)
      if (points === undefined) lines.set(label, [[at, Number(row[number])]])
      else points.push([at, Number(row[number])])
    }
  }
  return [...lines].slice(0, MOST_LINES).map(([label, points]) => {
    const sorted = points.sort(([a], [b]) => a - b)
    return { label, timestamps: sorted.map(([at]) => at), values: sorted.map(([, value]) => value) }
  })
}
