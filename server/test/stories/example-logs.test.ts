import { expect, test } from 'vitest'
import { seededEntropy } from '../../src/base/entropy.ts'
import type { LogSearcher } from '../../src/jobs/alarm-rounds/ports.ts'
import { sns } from '../../src/services/sns/service.ts'
import { scratchTelemetry } from '../../src/store/telemetry/telemetry.test-support.ts'
import { CalledService } from '../called-service.ts'
import { ArrivalHouse } from '../log-arrivals/arrival-house.ts'
import { START } from '../temporary-control.ts'
import { commandsOf, type Command } from './example-commands.ts'
import { WatchedSystem } from './watched-system.ts'

const telemetry = await scratchTelemetry()
const json = (...values: readonly object[]): readonly string[] => values.map(value => JSON.stringify(value))
const times = (count: number, ...lines: readonly string[]): readonly string[] => Array.from({ length: count }, () => lines).flat()

interface Sample {
  readonly args?: readonly string[]
  /** A few lines by group. */
  readonly lines: Readonly<Record<string, readonly string[]>>
  /** Lines that come every five minutes when all alarms go off. */
  readonly storm: Readonly<Record<string, readonly string[]>>
}

const REQUEST = { level: 'ERROR', request_id: '550e8400-e29b-41d4-a716-446655440000', endpoint: 'admin_views.case_detail', status: 500, duration_ms: 2340, query_count: 48, query_total_ms: 89, agency_db: 'agency_production_db', user_type: 'admin' }
const PIPELINE = { level: 'ERROR', pipeline: 'orders', environment: 'prod', error_type: 'Timeout', message: 'no answer' }

const SYSTEMS: Readonly<Record<string, Sample>> = {
  menotime: {
    lines: {
      '/aws/ecs/menotime-prod': ['2026-01-01T00:00:00Z web-1 ERROR cannot write visit', '2026-01-01T00:00:00Z web-1 INFO visit written', '2026-01-01T00:00:00Z web-2 WARN AUTHENTICATION_FAILED user-7'],
      '/aws/rds/menotime/postgresql': json(
        { log_identifier: 'menotime-prod', duration: 1523.4, statement: 'select 1' }, { log_identifier: 'menotime-prod', duration: 6000, statement: 'select 2' },
        { log_identifier: 'menotime-prod', duration: 20 }, { user_name: 'app', database_name: 'menotime', status: 'FAILED: password' },
      ),
      '/aws/alb/menotime': json({ request_path: '/visits', status_code: 502 }, { request_path: '/visits', status_code: 200 }),
      '/aws/waf/menotime': json({ action: 'BLOCK', terminatingRuleId: 'SQLi' }, { action: 'ALLOW' }),
      '/aws/cloudtrail/menotime': json({ eventName: 'RunInstances', errorCode: 'Client.UnauthorizedOperation' }, { eventName: 'GetObject' }),
    },
    storm: {
      '/aws/ecs/menotime-prod': times(10, 'web-2 WARN AUTHENTICATION_FAILED user-7'),
      '/aws/rds/menotime/postgresql': times(3, ...json({ user_name: 'report', duration: 9000, statement: 'select pg_sleep(9)' })),
    },
  },
  'log-pipeline': {
    lines: {
      '/s3/logs/services': json(
        { service: 'billing', level: 'INFO', duration_ms: 120, message: 'billed' }, { service: 'billing', level: 'ERROR', duration_ms: 900, message: 'no such customer' },
        { service: 'mail', level: 'INFO', duration_ms: 15, message: 'sent' },
      ),
      '/aws/lambda/log-processor': ['cannot parse s3://logs/services/x.gz', 'done'],
    },
    storm: { '/s3/logs/services': times(5, ...json({ service: 'billing', level: 'ERROR', message: 'no such customer' })) },
  },
  orchid: {
    lines: {
      '/orchid/web': json(REQUEST, { ...REQUEST, level: 'INFO', request_id: 'other', status: 200, duration_ms: 80, query_count: 2 }),
      '/orchid/cron': json({ job: 'sync', status: 'error', level: 'ERROR', request_id: REQUEST.request_id }, { job: 'sync', status: 'ok' }),
    },
    storm: { '/orchid/web': times(11, JSON.stringify(REQUEST)) },
  },
  flowcomply: {
    args: ['on-call@flowcomply.example'],
    lines: {
      '/ecs/flowcomply-backend': json({ level: 'error', msg: 'no connection', requestId: 'r1' }, { level: 'fatal', msg: 'out of memory', requestId: 'r2' }, { level: 'info' }),
      '/aws/vpc/flowcomply-production': [
        '2 123456789010 eni-1 10.0.0.9 10.0.1.5 40000 22 6 20 4249 1767225600 1767225660 REJECT OK',
        '2 123456789010 eni-1 10.0.0.8 10.0.1.5 40000 443 6 5 900 1767225600 1767225660 ACCEPT OK',
      ],
    },
    storm: { '/aws/vpc/flowcomply-production': ['2 123456789010 eni-1 203.0.113.7 10.0.1.5 40000 5432 6 3 180 1767225600 1767225660 REJECT OK'] },
  },
  devsecops: {
    lines: {
      '/platform/aggregated': json(
        PIPELINE, { pipeline: 'orders', environment: 'prod', message: 'processing completed', duration: 12 }, { pipeline: 'orders', environment: 'prod', message: 'processing completed', duration: 30 },
        { pipeline: 'orders', message: 'batch completed', records_processed: 1200, data_quality_score: 98.5 }, { event: 'DATA_LOSS', pipeline: 'orders' },
      ),
      '/aws/lambda/data-validator': ['VALIDATION_FAILED order 7: no customer', 'order 8 is fine'],
      'CloudTrail/PlatformLogs': json({ eventSource: 'iam.amazonaws.com', eventName: 'PutRolePolicy' }, { eventSource: 'iam.amazonaws.com', eventName: 'GetRole' }),
    },
    storm: { '/platform/aggregated': [...times(6, JSON.stringify(PIPELINE)), ...json({ pipeline: 'orders', message: 'batch completed', records_processed: 900, data_quality_score: 80 })] },
  },
}

const TURNS = 20

/** Real searches take their time, which no clock can be moved over. */
class Searches implements LogSearcher {
  readonly #logs: LogSearcher
  readonly #running = new Set<Promise<unknown>>()

  constructor(logs: LogSearcher) {
    this.#logs = logs
  }

  find(...of: Parameters<LogSearcher['find']>): ReturnType<LogSearcher['find']> {
    const search = this.#logs.find(...of)
    this.#running.add(search)
    return search.finally(() => this.#running.delete(search))
  }

  async over(): Promise<void> {
    // Whoever got an answer may ask again.
    for (let turn = 0; turn < TURNS; turn = this.#running.size > 0 ? 0 : turn + 1) {
      await Promise.allSettled(this.#running)
      await new Promise(resolve => setImmediate(resolve))
    }
  }
}

test.each(Object.entries(SYSTEMS))('the logs of %s: filters count, subscriptions tell, saved queries find, alarms go off', async (system, { args = [], lines, storm }) => {
  const commands = await commandsOf(`logs/${system}`, { args, environment: { WEBHOOK_URL: 'http://receiver.example/' } })
  const house = await ArrivalHouse.open(telemetry)
  const { called } = house
  const { topics, subscriptions, tags, outbox } = called.store
  const ofTopics = new CalledService(sns({ topics, subscriptions, tags, outbox, entropy: seededEntropy(3) }), () => called.clock.now())
  for (const { service, operation, input } of commands) {
    if (service === 'logs') await called.run(operation, input)
    if (service === 'sns' && operation === 'CreateTopic') await ofTopics.run(operation, input)
    // Those of mail and the web have a link to visit: who may be told at once stands in for them.
    if (service === 'sns' && operation === 'Subscribe') await ofTopics.run(operation, { ...input, Protocol: 'slack', Endpoint: 'https://hooks.slack.com/services/T0/B0/x' })
  }
  const text: string[] = []
  for (const [second, [group, messages]] of Object.entries(lines).entries()) {
    await called.run('CreateLogStream', { logGroupName: group, logStreamName: 'app' })
    await called.put(group, 'app', messages.map((message, index) => [second * 1_000 + index, message]))
    text.push(`==== ${group}`, ...messages)
    text.push(...house.taken().map(metric => `-> ${metric}`))
    for (const { publication: { topicArn, subject } } of await house.outgoing()) text.push(`-> ${topicArn.split(':').at(-1)}: ${subject}`)
  }
  const { queryDefinitions } = await called.run<{ queryDefinitions: readonly { name: string; queryString: string; logGroupNames: readonly string[] }[] }>('DescribeQueryDefinitions', {})
  for (const { name, queryString, logGroupNames } of queryDefinitions) {
    const [startTime, endTime] = [START / 1000 - 60, START / 1000 + 60]
    const { queryId } = await called.run<{ queryId: string }>('StartQuery', { queryString, logGroupNames, startTime, endTime })
    await called.searcher.finished(queryId)
    const { results } = await called.run<{ results: readonly (readonly { field: string; value: string }[])[] }>('GetQueryResults', { queryId })
    const rows = results.map(row => row.filter(({ field }) => field !== '@ptr').map(({ field, value }) => `${field}=${value}`).join('  '))
    expect(rows, name).not.toEqual([])
    text.push(`==== ${name}`, ...rows)
  }
  const searches = new Searches(called.alarmLogs)
  const watched = await WatchedSystem.open('2026-01-01T00:00:00Z', commands.filter(({ service }) => service !== 'logs'), undefined, searches)
  watched.messages.take()
  for (const minute of [6, 11, 16]) {
    for (const [group, messages] of Object.entries(storm)) await called.put(group, 'app', messages.map((message, index) => [minute * 60_000 + index, message]))
  }
  const alarms = commands.flatMap(({ operation, input }: Command) => (operation === 'PutLogAlarm' ? [String(input['AlarmName'])] : []))
  expect(alarms).not.toEqual([])
  for (let minute = 0; minute < 21; minute++) {
    await watched.minutes(1)
    await searches.over()
    await watched.idle()
  }
  text.push('==== alarms', ...(await Promise.all(alarms.map(async alarm => `${alarm}: ${await watched.state(alarm)}`))))
  text.push(watched.messages.take())
  await watched.close()
  await expect(text.join('\n')).toMatchFileSnapshot(`logs-of-${system}.txt`)
}, 60_000)
