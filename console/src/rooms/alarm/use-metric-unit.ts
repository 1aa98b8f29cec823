import { useQuery } from '@tanstack/react-query'
import { useConnection } from '../../app/session.tsx'
import { readUnit } from '../../aws/metric-data.ts'
import type { Alarm } from '../../aws/shapes.ts'

const FRESH_MILLIS = 30 * 60_000

/** The unit to show an alarm's values in: its own, or else the one its metric's data came in. */
export const useMetricUnit = (alarm: Alarm | undefined): string | undefined => {
  const connection = useConnection()
  const { Namespace, MetricName, Dimensions } = alarm ?? {}
  const { data } = useQuery({
    queryKey: [connection.region, 'unit', Namespace, MetricName, Dimensions],
    queryFn: ({ signal }) => readUnit(connection, { Namespace, MetricName, Dimensions }, Date.now() / 1000, signal),
    enabled: MetricName !== undefined && alarm?.Unit === undefined,
    staleTime: FRESH_MILLIS,
  })
  return alarm?.Unit ?? data ?? undefined
}
