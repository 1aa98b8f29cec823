import { createHash } from 'node:crypto'
import type { Clock } from '../base/clock.ts'
import type { Entropy } from '../base/entropy.ts'
import type { Log } from '../base/log.ts'
import { languageOf } from '../engines/insights/compile-query.ts'
import type { LogSearches } from '../jobs/log-queries/log-searches.ts'
import { ScheduledRounds } from '../jobs/log-queries/scheduled-rounds.ts'
import type { LogQuery, LogQueryRow, LogSearch } from '../model/log-query.ts'
import type { ScheduledQuery } from '../model/scheduled-query.ts'
import { searchOf } from '../services/logs/queries/search-request.ts'
import type { Stores } from './stores.ts'

interface Options {
  readonly stores: Pick<Stores, 'control' | 'logs' | 'bodies'>
  readonly searcher: LogSearches
  readonly clock: Clock
  readonly entropy: Entropy
  readonly log: Log
}

/** Scheduled queries over the stores; their results go into buckets of this server. */
export const scheduledQueries = ({ stores, searcher, clock, entropy, log }: Options): ScheduledRounds => {
  const { control, logs } = stores
  const searchAt = ({ tenant, text, groups, arn, startOffset = DEFAULT_OFFSET, endOffset = 0 }: ScheduledQuery, at: number): LogSearch => {
    const range = { start: at - startOffset * 1000, end: at - endOffset * 1000 - 1 }
    const named = groups.length === 0 ? {} : { logGroupIdentifiers: groups }
    return searchOf(logs.directory, { tenant, requestId: entropy.uuid(), text, language: languageOf(text), ...range, limit: undefined, startedBy: arn, ...named })
  }
  const deliver = (query: ScheduledQuery, run: LogQuery, rows: readonly LogQueryRow[]) => writeResults(stores, entropy, query, run, rows)
  return new ScheduledRounds({ book: control.scheduledQueries, searcher, searchAt, deliver, clock, log })
}

/** Where a query says nothing of its range: the last hour. */
const DEFAULT_OFFSET = 3600

/** As JSON lines under the prefix; answers the object's URI. */
const writeResults = async (
  { control, bodies }: Pick<Stores, 'control' | 'bodies'>, entropy: Entropy, { tenant, name, destination }: ScheduledQuery, run: LogQuery, rows: readonly LogQueryRow[],
): Promise<string> => {
  const [, bucketName, prefix] = /^s3:\/\/([^/]+)\/?(.*)$/s.exec(destination!.uri)!
  const bucket = await control.buckets.get(tenant.account, bucketName!)
  if (bucket === undefined) throw new Error(`The bucket ${bucketName!} does not exist`)
  const key = `${prefix === '' ? '' : `${prefix!.replace(/\/$/, '')}/`}${name}/${run.id}.json`
  const body = Buffer.from(rows.map(row => `${JSON.stringify(Object.fromEntries(row.map(({ field, value }) => [field, value])))}\n`).join(''))
  const blob = entropy.uuid().replaceAll('-', '')
  const size = await bodies.write(blob, pieces(body))
  const parts = size === 0 ? [] : [{ blob, size }]
  const etag = createHash('md5').update(body).digest('hex')
  const object = { key, version: blob, size, etag, modifiedAt: run.createdAt, attributes: { contentType: 'application/x-ndjson' }, parts }
  const outcome = await control.objects.put(bucket, object)
  if (outcome !== 'written') {
    await bodies.remove(parts.map(part => part.blob))
    throw new Error(`The bucket ${bucketName!} is ${outcome}`)
  }
  await bodies.settle(parts.map(part => part.blob))
  return `s3://${bucketName!}/${key}`
}

const pieces = async function* (body: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(body)
}
