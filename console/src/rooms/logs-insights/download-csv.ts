import type { QueryAnswer } from '../../aws/log-queries.ts'
import { csvOf } from '../../words/csv.ts'

/** Hands the rows to the browser as a file. */
export const downloadCsv = ({ columns, rows }: QueryAnswer): void => {
  const url = URL.createObjectURL(new Blob([csvOf(columns, rows)], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = 'query-results.csv'
  link.click()
  URL.revokeObjectURL(url)
}
