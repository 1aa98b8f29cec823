import { expect, test } from 'vitest'
import { scratchTelemetry } from '../../src/store/telemetry/telemetry.test-support.ts'
import { CalledLogs } from '../called-logs.ts'
import { rootOf } from '../called-service.ts'
import { ELSEWHERE } from '../temporary-control.ts'

const telemetry = await scratchTelemetry()
const BODY = 'id,name\n1,"Ann, A."\n2,Bob\n'

const search = async (called: CalledLogs, queryString: string): Promise<string> => {
  const now = Math.floor(called.clock.now() / 1000)
  const { queryId } = await called.run<{ queryId: string }>('StartQuery', { logGroupName: 'g', queryString, startTime: now - 3600, endTime: now + 3600 })
  await called.searcher.finished(queryId)
  return queryId
}

const found = async (called: CalledLogs, queryString: string): Promise<readonly (readonly (string | undefined)[])[]> => {
  const { results } = await called.run<{ results: { value?: string }[][] }>('GetQueryResults', { queryId: await search(called, queryString) })
  return results.map(row => row.map(({ value }) => value))
}

test('a table is made, looked into by queries, changed and deleted', async () => {
  const called = await CalledLogs.open(telemetry)
  await called.group('g', 's')
  await called.put('g', 's', [[-2, '{"user":"1"}'], [-1, '{"user":"3"}']])
  const { lookupTableArn } = await called.run<{ lookupTableArn: string }>('CreateLookupTable', { lookupTableName: 'users', description: 'who', tableBody: BODY })
  const query = 'lookup users id as user OUTPUT name | stats count(*) as n by name | sort name'
  expect(await found(called, query)).toEqual([['Ann, A.', '1'], ['1']])
  expect(await called.run('DescribeLookupTables', { lookupTableNamePrefix: 'us' })).toMatchObject({
    lookupTables: [{ lookupTableArn, lookupTableName: 'users', tableFields: ['id', 'name'], recordsCount: 2, sizeBytes: BODY.length, description: 'who' }],
  })
  await called.run('UpdateLookupTable', { lookupTableArn, tableBody: 'id,name\n3,Cid' })
  expect(await found(called, query)).toEqual([['Cid', '1'], ['1']])
  expect(await called.run('GetLookupTable', { lookupTableArn })).toMatchObject({ lookupTableName: 'users', tableBody: 'id,name\n3,Cid', description: 'who' })
  expect(await called.run('DescribeLookupTables', {}, rootOf(ELSEWHERE), ELSEWHERE)).toMatchObject({ lookupTables: [] })
  await called.run('DeleteLookupTable', { lookupTableArn })
  expect(await called.refusal('GetLookupTable', { lookupTableArn })).toMatch(/ResourceNotFoundException/)
  await expect(search(called, query)).rejects.toMatchObject({ code: 'MalformedQueryException' })
})

test('a table of what a query found', async () => {
  const called = await CalledLogs.open(telemetry)
  await called.group('g', 's')
  await called.put('g', 's', [[-2, '{"user":"1","n":5}'], [-1, '{"user":"2"}']])
  const queryId = await search(called, 'fields user, n | sort user')
  const { lookupTableArn } = await called.run<{ lookupTableArn: string }>('CreateLookupTable', { lookupTableName: 'found', queryId })
  expect(await called.run('GetLookupTable', { lookupTableArn })).toMatchObject({ tableBody: 'user,n\n1,5\n2,""' })
})

test.each([
  [{ tableBody: 'a,a\n1,2' }, /Column names must differ/],
  [{ tableBody: 'a,b\n1' }, /not valid CSV/],
  [{ tableBody: 'a,\n1,2' }, /must name every column/],
  [{ tableBody: 'a\n1', queryId: 'q' }, /Exactly one of tableBody or queryId/],
  [{}, /Exactly one of tableBody or queryId/],
  [{ lookupTableName: 'a-b', tableBody: 'a\n1' }, /regular expression/],
  [{ tableBody: `a\n${'x'.repeat(10_485_760)}` }, /10 MB/],
])('%# is refused', async (input, refusal) => {
  const called = await CalledLogs.open(telemetry)
  expect(await called.refusal('CreateLookupTable', { lookupTableName: 't', ...input })).toMatch(refusal)
})
