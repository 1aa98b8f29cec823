import { expect, test } from 'vitest'
import { seededEntropy } from '../../src/base/entropy.ts'
import { silentLog } from '../../src/base/log.ts'
import { millis } from '../../src/base/time.ts'
import { scheduledQueries } from '../../src/server/scheduled-queries.ts'
import { scratchTelemetry } from '../../src/store/telemetry/telemetry.test-support.ts'
import { CalledLogs } from '../called-logs.ts'
import { rootOf } from '../called-service.ts'
import { ELSEWHERE, OURS } from '../temporary-control.ts'

const telemetry = await scratchTelemetry()
const MINUTE = millis(60_000)
const DEFINITION = {
  name: 'errors', queryLanguage: 'CWLI', queryString: 'filter level = "ERROR" | stats count(*) as n', logGroupIdentifiers: ['g'],
  scheduleExpression: 'rate(5 minutes)', startTimeOffset: 300, executionRoleArn: 'arn:aws:iam::000000000000:role/r',
}
interface History {
  readonly triggerHistory: readonly { readonly executionStatus: string; readonly errorMessage?: string; readonly destinations?: readonly { readonly status: string; readonly processedIdentifier?: string }[] }[]
}

const house = async () => {
  const called = await CalledLogs.open(telemetry)
  await called.group('g', 's')
  const { store: control, logs, bodies, searcher, clock } = called
  const rounds = scheduledQueries({ stores: { control, logs, bodies }, searcher, clock, entropy: seededEntropy(2), log: silentLog })
  /** What was begun after so many minutes, when it is over. */
  const after = async (minutes: number): Promise<void> => {
    await clock.advance(millis(minutes * MINUTE))
    await rounds.run()
    await rounds.settled()
  }
  const history = async (): Promise<History> => called.run<History>('GetScheduledQueryHistory', { identifier: 'errors', startTime: 0, endTime: clock.now() + 1 })
  return { called, after, history }
}

test('a query runs by the clock, and what it found is in its bucket and in its history', async () => {
  const { called, after, history } = await house()
  await called.store.buckets.create(OURS, { name: 'results', createdAt: called.clock.now(), documents: {}, expiry: [] })
  const destinationConfiguration = { s3Configuration: { destinationIdentifier: 's3://results/daily', roleArn: 'arn:aws:iam::000000000000:role/r' } }
  await called.run('CreateScheduledQuery', { ...DEFINITION, destinationConfiguration })
  await called.put('g', 's', [[0, '{"level":"ERROR"}'], [1, '{"level":"INFO"}']])
  await after(5)
  const { triggerHistory } = await history()
  expect(triggerHistory).toMatchObject([{ executionStatus: 'Complete', destinations: [{ status: 'COMPLETE' }] }])
  const bucket = (await called.store.buckets.get(OURS.account, 'results'))!
  const key = triggerHistory[0]!.destinations![0]!.processedIdentifier!.replace('s3://results/', '')
  const object = (await called.store.objects.get(bucket.id, key))!
  const chunks: Uint8Array[] = []
  for await (const chunk of await called.bodies.read(object.parts, 0, object.size)) chunks.push(chunk)
  expect(Buffer.concat(chunks).toString()).toBe('{"n":"1"}\n')
  // Not twice for one time, and once for all that was missed.
  await after(1)
  expect((await history()).triggerHistory).toHaveLength(1)
  await after(60)
  expect((await history()).triggerHistory).toHaveLength(2)
})

test('a query in SQL names its groups itself', async () => {
  const { called, after, history } = await house()
  const { logGroupIdentifiers: _own, ...sql } = { ...DEFINITION, queryLanguage: 'SQL', queryString: 'SELECT COUNT(*) AS n FROM `g` WHERE level = \'ERROR\'' }
  await called.run('CreateScheduledQuery', sql)
  expect(await called.run('GetScheduledQuery', { identifier: 'errors' })).toMatchObject({ queryLanguage: 'SQL', queryString: sql.queryString })
  await called.put('g', 's', [[0, '{"level":"ERROR"}']])
  await after(5)
  expect((await history()).triggerHistory).toMatchObject([{ executionStatus: 'Complete' }])
  for (const wrong of [{ queryString: 'filter a = 1' }, { logGroupIdentifiers: ['g'] }, { queryString: 'SELECT a FROM `nowhere`' }]) {
    expect(await called.refusal('CreateScheduledQuery', { ...sql, name: 'other', ...wrong })).toMatch(/^400 (?:ValidationError|ResourceNotFoundException)/)
  }
})

test('a run that cannot be says why', async () => {
  const { called, after, history } = await house()
  await called.run('CreateScheduledQuery', { ...DEFINITION, destinationConfiguration: { s3Configuration: { destinationIdentifier: 's3://nothing', roleArn: 'r' } } })
  await after(5)
  expect((await history()).triggerHistory).toMatchObject([{ executionStatus: 'Complete', destinations: [{ status: 'FAILED', errorMessage: 'The bucket nothing does not exist' }] }])
  await called.run('DeleteLogGroup', { logGroupName: 'g' })
  await after(5)
  expect((await history()).triggerHistory[0]).toMatchObject({ executionStatus: 'Failed', errorMessage: expect.stringMatching(/Log group 'g' does not exist/) as string })
})

test('queries are changed, switched off, listed and deleted; other tenants have none of them', async () => {
  const { called, after, history } = await house()
  const { scheduledQueryArn } = await called.run<{ scheduledQueryArn: string }>('CreateScheduledQuery', DEFINITION)
  expect(await called.refusal('CreateScheduledQuery', DEFINITION)).toMatch(/ConflictException/)
  await called.run('UpdateScheduledQuery', { ...DEFINITION, identifier: scheduledQueryArn, state: 'DISABLED', scheduleExpression: 'cron(0 9 ? * 2-6 *)' })
  await after(24 * 60)
  expect((await history()).triggerHistory).toEqual([])
  expect(await called.run('GetScheduledQuery', { identifier: 'errors' })).toMatchObject({ scheduledQueryArn, state: 'DISABLED', scheduleExpression: 'cron(0 9 ? * 2-6 *)' })
  expect(await called.run('ListScheduledQueries', { state: 'DISABLED' })).toMatchObject({ scheduledQueries: [{ name: 'errors' }] })
  expect(await called.run('ListScheduledQueries', {}, rootOf(ELSEWHERE), ELSEWHERE)).toMatchObject({ scheduledQueries: [] })
  expect(await called.refusal('GetScheduledQuery', { identifier: scheduledQueryArn }, rootOf(ELSEWHERE), ELSEWHERE)).toMatch(/ResourceNotFoundException/)
  await called.run('DeleteScheduledQuery', { identifier: 'errors' })
  expect(await called.refusal('GetScheduledQuery', { identifier: 'errors' })).toMatch(/ResourceNotFoundException/)
})

test.each([
  [{ scheduleExpression: 'now and then' }, /Invalid schedule expression/],
  [{ scheduleExpression: 'rate(0 minutes)' }, /Invalid schedule expression/],
  [{ queryString: 'filter level =' }, /ValidationError: unexpected symbol found <EOF> at line 1 and position 14/],
  [{ queryString: 'fields unmask(@message)' }, /cannot unmask/],
  [{ queryLanguage: 'PPL' }, /PPL is not supported/],
  [{ logGroupIdentifiers: ['none'] }, /ResourceNotFoundException/],
])('%o is refused', async (input, refusal) => {
  const { called } = await house()
  expect(await called.refusal('CreateScheduledQuery', { ...DEFINITION, ...input })).toMatch(refusal)
})
