import type { EpochMillis } from '../../../base/time.ts'
import { invalidParameter } from '../faults.ts'

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetQueryResults.html */
const VALID = 3_600_000

/** Where the next page of a query's results begins. */
export const resultsToken = (id: string, offset: number, now: EpochMillis): string => Buffer.from(`${id} ${offset} ${now}`).toString('base64url')

export const readResultsToken = (token: string, id: string, now: EpochMillis): number => {
  const [, query, offset, made] = /^(\S+) (\d{1,6}) (\d{1,15})$/.exec(Buffer.from(token, 'base64url').toString('latin1')) ?? []
  if (query !== id || now - Number(made) > VALID) throw invalidParameter('The specified nextToken is invalid.')
  return Number(offset)
}
