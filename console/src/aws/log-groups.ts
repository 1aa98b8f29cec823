import type { Connection } from './connection.ts'
import type { LogGroup, LogStream } from './log-shapes.ts'

const PAGE = 50
const MOST_PAGES = 40

export interface LogGroupList {
  readonly groups: readonly LogGroup[]
  /** There are more than the console reads. */
  readonly cut: boolean
}

export const readLogGroups = async (connection: Connection, signal: AbortSignal): Promise<LogGroupList> => {
  const groups: LogGroup[] = []
  let token: string | undefined
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await connection.logs('DescribeLogGroups', { limit: PAGE, nextToken: token }, signal)
    groups.push(...(answer.logGroups ?? []))
    token = answer.nextToken
    if (token === undefined) return { groups, cut: false }
  }
  return { groups, cut: true }
}

/** One group, or null when there is none of that name. */
export const readLogGroup = async (connection: Connection, name: string, signal: AbortSignal): Promise<LogGroup | null> => {
  const { logGroups = [] } = await connection.logs('DescribeLogGroups', { logGroupNamePrefix: name, limit: PAGE }, signal)
  // Groups come by name, so of those that begin with it the group itself is the first.
  return logGroups.find(({ logGroupName }) => logGroupName === name) ?? null
}

export interface StreamPage {
  readonly streams: readonly LogStream[]
  readonly next: string | undefined
}

/** The streams that were written to last, or, with a prefix, those whose names begin so. */
export const readStreams = async (
  connection: Connection, logGroupName: string, prefix: string, nextToken: string | undefined, signal: AbortSignal,
): Promise<StreamPage> => {
  const order = prefix === '' ? { orderBy: 'LastEventTime' as const, descending: true } : { logStreamNamePrefix: prefix }
  const answer = await connection.logs('DescribeLogStreams', { logGroupName, ...order, limit: PAGE, nextToken }, signal)
  return { streams: answer.logStreams ?? [], next: answer.nextToken }
}

/** What PutRetentionPolicy takes, in days. */
export const RETENTION_DAYS: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
]

/** `days` undefined: for ever. */
export const setRetention = (connection: Connection, logGroupName: string, days: number | undefined): Promise<unknown> =>
  days === undefined
    ? connection.logs('DeleteRetentionPolicy', { logGroupName })
    : connection.logs('PutRetentionPolicy', { logGroupName, retentionInDays: days })
