import { isoTime } from '../../base/time.ts'
import { pointerOf, readPointer } from '../../model/log-identity.ts'
import type { LogPageRead } from '../../model/log-read.ts'
import type { LogGroup, StoredLogEvent } from '../../model/log.ts'
import { Fault } from '../../wire/fault.ts'
import type { MetricsQuery } from './read-query.ts'
import { metricOfEvent } from './service-metric.ts'

export interface EventPages {
  page(read: LogPageRead): Promise<readonly StoredLogEvent[]>
}

/** Events that one page looks through at most for those that were asked for. */
const LOOKED_AT = 10_000

/** The datapoints as they were posted, newest first, a page of them. */
export const listDatapoints = async (
  reads: EventPages, group: LogGroup | undefined, { serviceName, metricName, start, end, limit, nextToken }: MetricsQuery,
): Promise<unknown> => {
  if (group === undefined) return { metrics: [] }
  const place = nextToken === undefined ? undefined : readPointer(nextToken)
  if (nextToken !== undefined && place?.group !== group.id) throw new Fault('InvalidNextToken', 'nextToken: is none of this list', { shape: 'InvalidNextToken', status: 400 })
  const texts = metricName === undefined ? [] : [[JSON.stringify(metricName)]]
  const streams = serviceName === undefined ? undefined : [serviceName]
  const events = await reads.page({
    group, streams, from: start, to: end, descending: true, limit: metricName === undefined ? limit : LOOKED_AT, unmask: false, texts,
    boundary: place === undefined ? undefined : { timestamp: place.timestamp, seq: place.seq },
  })
  const metrics: unknown[] = []
  for (const { message, timestamp, seq } of events) {
    const metric = metricOfEvent(message)
    if (metric === undefined || (metricName !== undefined && metric.metricName !== metricName)) continue
    metrics.push({ ...metric, timestamp: isoTime(metric.timestamp) })
    if (metrics.length === limit) return { metrics, nextToken: pointerOf({ group: group.id, timestamp, seq }) }
  }
  const last = events.at(-1)
  const full = last !== undefined && events.length >= (metricName === undefined ? limit : LOOKED_AT)
  return { metrics, ...(full && { nextToken: pointerOf({ group: group.id, timestamp: last.timestamp, seq: last.seq }) }) }
}
