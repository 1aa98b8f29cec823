import { useQueries } from '@tanstack/react-query'
import { useConnection } from '../../app/session.tsx'
import { readFields } from '../../aws/log-definitions.ts'

/** Fields of more groups than this help nobody to write a query. */
const MOST_GROUPS = 5
const SYSTEM = ['@timestamp', '@message', '@logStream', '@log', '@ingestionTime']

/** The fields that were found in recent events of some groups. */
export const useGroupFields = (groups: readonly string[]): readonly string[] => {
  const connection = useConnection()
  return useQueries({
    queries: groups.slice(0, MOST_GROUPS).map(logGroupName => ({
      queryKey: [connection.region, 'log-fields', logGroupName],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) => readFields(connection, logGroupName, signal),
      staleTime: 60_000,
    })),
    combine: results => [...new Set([...SYSTEM, ...results.flatMap(({ data = [] }) => data.map(({ name = '' }) => name))])],
  })
}
