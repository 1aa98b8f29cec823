import type { Connection } from './connection.ts'
import type { Metric } from './shapes.ts'

/** ListMetrics answers 500 a page. */
const MOST_PAGES = 40

export interface MetricList {
  readonly metrics: readonly Metric[]
  /** There are more than the console reads. */
  readonly cut: boolean
}

export const readMetrics = async (connection: Connection, signal: AbortSignal): Promise<MetricList> => {
  const metrics: Metric[] = []
  let token: string | undefined
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await connection.cloudWatch('ListMetrics', { NextToken: token }, signal)
    metrics.push(...(answer.Metrics ?? []))
    token = answer.NextToken
    if (token === undefined) return { metrics, cut: false }
  }
  return { metrics, cut: true }
}
