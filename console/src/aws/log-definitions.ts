import type * as sdk from '@aws-sdk/client-cloudwatch-logs'
import type { Connection } from './connection.ts'
import type { OnWire } from './on-wire.ts'

const PAGE = 50
/** A group has at most a hundred metric filters; anomalies beyond these nobody reads. */
const MOST_PAGES = 4

const pages = async <Row>(read: (nextToken: string | undefined) => Promise<{ readonly rows: readonly Row[] | undefined; readonly next: string | undefined }>): Promise<readonly Row[]> => {
  const found: Row[] = []
  let token: string | undefined
  for (let page = 0; page < MOST_PAGES; page++) {
    const { rows = [], next } = await read(token)
    found.push(...rows)
    token = next
    if (token === undefined) break
  }
  return found
}

export const readMetricFilters = (connection: Connection, logGroupName: string, signal: AbortSignal): Promise<readonly OnWire<sdk.MetricFilter>[]> =>
  pages(async nextToken => {
    const answer = await connection.logs('DescribeMetricFilters', { logGroupName, limit: PAGE, nextToken }, signal)
    return { rows: answer.metricFilters, next: answer.nextToken }
  })

export const readSubscriptionFilters = async (connection: Connection, logGroupName: string, signal: AbortSignal): Promise<readonly OnWire<sdk.SubscriptionFilter>[]> =>
  (await connection.logs('DescribeSubscriptionFilters', { logGroupName, limit: PAGE }, signal)).subscriptionFilters ?? []

/** GetLogGroupFields looks at the last fifteen minutes by itself, in seconds; of a group that says nothing any more there is none in them. */
const RECENT = 900

/** The fields of a group's newest events, however old those are. */
export const readFields = async (connection: Connection, logGroupName: string, signal: AbortSignal): Promise<readonly OnWire<sdk.LogGroupField>[]> => {
  const { logStreams = [] } = await connection.logs('DescribeLogStreams', { logGroupName, orderBy: 'LastEventTime', descending: true, limit: 1 }, signal)
  const last = Math.floor((logStreams[0]?.lastEventTimestamp ?? 0) / 1000)
  const isQuiet = last > 0 && last < Date.now() / 1000 - RECENT
  return (await connection.logs('GetLogGroupFields', { logGroupName, ...(isQuiet && { time: last }) }, signal)).logGroupFields ?? []
}

/** Anomalies that detectors found in a group, the newest first. */
export const readAnomalies = async (connection: Connection, group: string, signal: AbortSignal): Promise<readonly OnWire<sdk.Anomaly>[]> => {
  const all = await pages<OnWire<sdk.Anomaly>>(async nextToken => {
    const answer = await connection.logs('ListAnomalies', { limit: PAGE, nextToken }, signal)
    return { rows: answer.anomalies, next: answer.nextToken }
  })
  return all.filter(({ logGroupArnList = [] }) => logGroupArnList.some(arn => arn.endsWith(`:log-group:${group}`))).sort((a, b) => (b.lastSeen ?? 0) - (a.lastSeen ?? 0))
}

/** The kinds of data that the group's own policy masks, by their names. */
export const readMasked = async (connection: Connection, logGroupIdentifier: string, signal: AbortSignal): Promise<readonly string[]> => {
  const { policyDocument } = await connection.logs('GetDataProtectionPolicy', { logGroupIdentifier }, signal)
  const { Statement: statements = [] } = (policyDocument === undefined ? {} : JSON.parse(policyDocument)) as { readonly Statement?: readonly { readonly DataIdentifier?: readonly string[] }[] }
  return [...new Set(statements.flatMap(({ DataIdentifier: identifiers = [] }) => identifiers.map(arn => arn.slice(arn.lastIndexOf('/') + 1))))]
}
