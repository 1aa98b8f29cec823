import Header from '@cloudscape-design/components/header'
import Table from '@cloudscape-design/components/table'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useConnection } from '../../app/session.tsx'
import type { Connection } from '../../aws/connection.ts'
import { Trouble } from '../../parts/trouble.tsx'

interface Props<Row> {
  readonly title: string
  readonly group: string
  readonly read: (connection: Connection, group: string, signal: AbortSignal) => Promise<readonly Row[]>
  /** What stands in each column, the first of which names the row. */
  readonly columns: Readonly<Record<string, (row: Row) => ReactNode>>
  /** What it would be for, where there is none. */
  readonly empty: string
}

/** What is defined on a log group, one kind of it. */
export const DefinitionTable = <Row,>({ title, group, read, columns, empty }: Props<Row>) => {
  const connection = useConnection()
  const { data = [], error, isPending, refetch } = useQuery({
    queryKey: [connection.region, 'log-definitions', title, group],
    queryFn: ({ signal }) => read(connection, group, signal),
  })
  if (error !== null) return <Trouble error={error} what={`Reading the ${title.toLowerCase()}`} onRetry={() => void refetch()} />
  return (
    <Table<Row>
      contentDensity="compact"
      wrapLines
      ariaLabels={{ tableLabel: title }}
      items={data}
      loading={isPending}
      loadingText={`Reading the ${title.toLowerCase()}`}
      header={<Header variant="h2" counter={isPending ? '' : `(${data.length})`}>{title}</Header>}
      columnDefinitions={Object.entries(columns).map(([header, cell], index) => ({ id: header, header, cell, isRowHeader: index === 0 }))}
      empty={<span className="quiet">{empty}</span>}
    />
  )
}
