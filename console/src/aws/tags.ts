import { useQueries, useQuery } from '@tanstack/react-query'
import type { Connection } from './connection.ts'

export type Tags = Readonly<Record<string, string>>

const FRESH_MILLIS = 5 * 60_000

const tagsQuery = (connection: Connection, arn: string) => ({
  queryKey: [connection.region, 'tags', arn],
  queryFn: async ({ signal }: { signal: AbortSignal }): Promise<Tags> => {
    const { Tags: tags = [] } = await connection.cloudWatch('ListTagsForResource', { ResourceARN: arn }, signal)
    return Object.fromEntries(tags.map(({ Key, Value }) => [Key ?? '', Value ?? '']))
  },
  staleTime: FRESH_MILLIS,
})

export const useTags = (connection: Connection, arn: string | undefined) =>
  useQuery({ ...tagsQuery(connection, arn ?? ''), enabled: arn !== undefined && arn !== '' })

/** Tags of many alarms by ARN; those that are still on their way are absent. */
export const useManyTags = (connection: Connection, arns: readonly string[]): ReadonlyMap<string, Tags> =>
  useQueries({
    queries: arns.map(arn => tagsQuery(connection, arn)),
    combine: results => new Map(results.flatMap(({ data }, index): [string, Tags][] => (data ? [[arns[index] ?? '', data]] : []))),
  })
