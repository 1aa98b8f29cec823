import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { logGroupArn } from '../../base/arn.ts'
import { silentLog } from '../../base/log.ts'
import { ManualClock } from '../../base/manual-clock.ts'
import { accountId, region } from '../../base/tenancy.ts'
import { epochMillis } from '../../base/time.ts'
import { parsePolicy } from '../../engines/policies/parse.ts'
import type { PutLogs } from '../../model/log-intake.ts'
import type { LogGroup } from '../../model/log.ts'
import type { Principal } from '../../model/principal.ts'
import { HttpLogsApi } from './http-logs-api.ts'

const NOW = 1_700_000_000_000
const DAY = 86_400_000
const tenant = { account: accountId('111111111111'), region: region('us-east-1') }
const groupOf = (name: string, bearerTokens: boolean): LogGroup => ({
  tenant, id: 1, name, arn: logGroupArn(tenant, name), class: 'STANDARD', retentionDays: undefined, kmsKeyId: undefined, deletionProtected: false, bearerTokens, createdAt: epochMillis(0),
})
const GROUPS = new Map([groupOf('open', true), groupOf('shut', false)].map(group => [group.name, group]))
const KEY = Buffer.from('AKIA:secret').toString('base64')
const basic = { authorization: `Basic ${KEY}` }
const bearer = { authorization: `Bearer ACWL${KEY}` }

const ROOT: Principal = { kind: 'root', account: tenant.account, accessKeyId: 'AKIA' }

const asked = async (target: string, body: string | Buffer, headers: Record<string, string> = basic, caller: Principal = ROOT) => {
  const put: PutLogs[] = []
  const api = new HttpLogsApi({
    authentication: { caller: async request => ({ tenant, principal: request.headers['authorization'] === basic.authorization ? caller : { kind: 'anonymous', account: tenant.account } }) },
    groups: { get: (_, name) => GROUPS.get(name), stream: async (group, name) => (name === 's' ? { group, name, createdAt: epochMillis(0), activity: undefined } : undefined) },
    retentionOf: () => ({ days: 3, policyName: undefined }),
    sink: { accept: async each => void put.push(each) },
    clock: new ManualClock(epochMillis(NOW)),
    log: silentLog,
  })
  const [path, query = ''] = target.split('?')
  const request = { method: 'POST', path: path!, query, headers: { 'content-type': 'application/json', ...headers }, body: Buffer.from(body), sourceAddress: '127.0.0.1', secure: false }
  const reply = await api.answer(request)
  return { status: reply?.status, body: JSON.parse(String(reply?.body)) as unknown, put }
}
const stored = (put: readonly PutLogs[]): readonly unknown[] => put.flatMap(({ group, stream, timestamps, messages }) => timestamps.map((at, index) => [group.name, stream, at - NOW, (messages as readonly string[])[index]]))

test.each<[string, string, Record<string, string>]>([
  ['/ingest/bulk?logGroup=shut&logStream=s', `{"timestamp":${NOW - 5},"m":1}\n"text"`, basic],
  ['/ingest/bulk', `{"timestamp":${NOW - 5},"m":1}\n"text"`, { ...bearer, 'x-aws-log-group': 'open', 'x-aws-log-stream': 's', 'content-type': 'application/x-ndjson; charset=utf-8' }],
])('%s takes events into the stream that it names', async (target, body, headers) => {
  const { status, body: said, put } = await asked(target, body, headers)
  const name = target.includes('shut') ? 'shut' : 'open'
  expect([status, said, stored(put)]).toEqual([200, {}, [[name, 's', -5, `{"timestamp":${NOW - 5},"m":1}`], [name, 's', 0, 'text']]])
})

test('what cannot be stored is told, but for the collector', async () => {
  const times = [NOW - 15 * DAY, NOW - 4 * DAY, NOW, NOW + DAY]
  const objects = await asked('/ingest/json?logGroup=open&logStream=s&entityName=shop', gzipSync(JSON.stringify(times.map(timestamp => ({ timestamp })))), { ...basic, 'content-encoding': 'gzip' })
  expect(objects.status).toBe(200)
  expect(objects.body).toEqual({ partialSuccess: { rejectedLogRecords: 3, errorMessage: '{"tooOldLogEventCount":1,"tooNewLogEventCount":1,"expiredLogEventCount":1}' } })
  expect(objects.put).toMatchObject([{ hasEntity: true, timestamps: [NOW] }])
  const collected = await asked('/services/collector/event?logGroup=open&logStream=s', times.map(time => JSON.stringify({ event: '', time: time / 1000 })).join('') + '{"event":"kept"}')
  expect([collected.status, collected.body, stored(collected.put)]).toEqual([200, {}, [['open', 's', 0, 'kept']]])
})

test.each<[string, string, Record<string, string>, number, RegExp]>([
  ['/ingest/bulk?logGroup=open', '{}', basic, 400, /logStream/],
  ['/ingest/bulk?logGroup=open&logStream=s', '{}', { ...basic, 'x-aws-log-group': 'open' }, 400, /not as both/],
  ['/ingest/bulk?logGroup=open&logStream=s', 'no', basic, 400, /^All events were invalid$/],
  ['/ingest/json?logGroup=open&logStream=s', '{}', { ...basic, 'content-type': 'application/x-ndjson' }, 400, /Content-Type must be application\/json/],
  ['/ingest/bulk?logGroup=open&logStream=s', `"${'x'.repeat(1_048_576)}"`, basic, 413, /larger than 1048576 bytes/],
  ['/ingest/bulk?logGroup=open&logStream=s', '1\n'.repeat(10_001), basic, 400, /more than 10000 events/],
  ['/ingest/json?logGroup=none&logStream=s', '{}', basic, 404, /log group does not exist/],
  ['/ingest/json?logGroup=open&logStream=none', '{}', basic, 404, /log stream does not exist/],
  ['/ingest/json?logGroup=shut&logStream=s', '{}', bearer, 403, /not enabled/],
  ['/ingest/json?logGroup=open&logStream=s', '{}', { authorization: 'Bearer nothing' }, 401, /token is not valid/],
  ['/ingest/json?logGroup=open&logStream=s', '{}', {}, 401, /Sign the request/],
])('%# %s is refused', async (target, body, headers, status, says) => {
  const answer = await asked(target, body, headers)
  expect([answer.status, answer.put]).toEqual([status, []])
  expect((answer.body as { message: string }).message).toMatch(says)
})

test('a token needs a right of its own', async () => {
  const parsed = parsePolicy('{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"logs:PutLogEvents","Resource":"*"}]}')
  if (!parsed.ok) throw new Error(parsed.problem)
  const user: Principal = { kind: 'user', account: tenant.account, accessKeyId: 'AKIA', userName: 'u', userId: 'AIDA', policies: [parsed.document] }
  expect((await asked('/ingest/json?logGroup=open&logStream=s', '{}', basic, user)).status).toBe(200)
  expect(await asked('/ingest/json?logGroup=open&logStream=s', '{}', bearer, user)).toMatchObject({ status: 403, body: { message: expect.stringContaining('logs:CallWithBearerToken') as unknown } })
})
