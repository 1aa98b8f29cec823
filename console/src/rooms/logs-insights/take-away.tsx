import Button from '@cloudscape-design/components/button'
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard'
import { useMemo } from 'react'
import type { QueryAnswer } from '../../aws/log-queries.ts'
import { csvOf } from '../../words/csv.ts'
import { download } from './download.ts'

/** The rows for other programs: as a file, or to be pasted. */
export const TakeAway = ({ answer: { columns, rows } }: { readonly answer: QueryAnswer }) => {
  const csv = useMemo(() => csvOf(columns, rows), [columns, rows])
  const json = (): string => `[\n${rows.map(row => JSON.stringify(row, [...columns])).join(',\n')}\n]\n`
  return (
    <>
      <CopyToClipboard variant="button" textToCopy={csv} copyButtonText="Copy" copyButtonAriaLabel="Copy the rows" copySuccessText="Copied as CSV" copyErrorText="Not copied" />
      <Button iconName="download" onClick={() => download('query-results.csv', 'text/csv', csv)}>CSV</Button>
      <Button iconName="download" onClick={() => download('query-results.json', 'application/json', json())}>JSON</Button>
    </>
  )
}
