import { expect, test } from 'vitest'
import { scratchTelemetry } from '../../store/telemetry/telemetry.test-support.ts'
import { TestEvents } from './insights.test-support.ts'

const at = (second: number): number => Date.UTC(2026, 0, 1, 10, 0, second)
const json = (second: number, fields: object, stream = 'main') => ({ at: at(second), stream, message: JSON.stringify(fields) })

const events = await TestEvents.with(await scratchTelemetry(), [
  { at: at(0), stream: 'web', message: 'ERROR no route' },
  { at: at(1), stream: 'web', message: 'java.lang.IllegalStateException: no' },
  { at: at(2), stream: 'jobs', message: 'an error happened' },
  { at: at(3), stream: 'jobs', message: 'all is well' },
  json(10, { duration: 1200, log_identifier: 'orders' }),
  json(11, { duration: 3400.5, log_identifier: 'orders' }),
  json(12, { duration: 9000, log_identifier: 'users' }),
  json(13, { duration: 1000, log_identifier: 'users' }),
  json(20, { request_path: '/a', status_code: 503 }),
  json(21, { request_path: '/a', status_code: '500' }),
  json(22, { request_path: '/b', status_code: 200 }),
  json(30, { user_name: 'u1', database_name: 'd', status: 'FAILED_LOGIN' }),
  json(31, { user_name: 'u1', database_name: 'd', status: 'OK' }),
  json(40, { level: 'ERROR', error_type: 'Timeout', pipeline: 'p1', message: 'gone' }),
  json(41, { level: 'ERROR', error_type: 'Timeout', pipeline: 'p1', message: 'gone' }),
  json(42, { level: 'ERROR', error_type: 'Schema', pipeline: 'p2', message: 'bad' }),
  json(50, { pipeline: 'p1', environment: 'prod', duration: 10, message: 'processing completed' }),
  json(51, { pipeline: 'p1', environment: 'prod', duration: 15, message: 'processing completed' }),
  json(52, { pipeline: 'p1', environment: 'prod', duration: 99, message: 'processing begun' }),
  json(55, { pipeline: 'p1', records_processed: 100, data_quality_score: 0.9, message: 'batch completed' }),
  json(56, { pipeline: 'p1', records_processed: 50, data_quality_score: 0.8, message: 'batch completed' }),
])

/** As they stand in the repositories of those who run them. */
test.for<readonly [string, readonly Readonly<Record<string, string>>[]]>([
  [
    'fields @timestamp, @message, @logStream | filter @message like /ERROR|Exception|error/ | stats count() as error_count by @logStream',
    [{ '@logStream': 'jobs', error_count: '1' }, { '@logStream': 'main', error_count: '3' }, { '@logStream': 'web', error_count: '2' }],
  ],
  [
    'fields @timestamp, duration | filter duration > 1000 | stats max(duration) as max_duration, avg(duration) as avg_duration by log_identifier | sort avg_duration desc',
    [{ log_identifier: 'users', max_duration: '9000', avg_duration: '9000' }, { log_identifier: 'orders', max_duration: '3400.5', avg_duration: '2300.25' }],
  ],
  ['fields @timestamp, request_path, status_code | filter status_code like /5\\d\\d/ | stats count() as error_count by request_path', [{ request_path: '/a', error_count: '2' }]],
  ['fields user_name, database_name, status | filter status like /FAILED/ | stats count() as failed_attempts by user_name', [{ user_name: 'u1', failed_attempts: '1' }]],
  [
    // There is no column `count`, only `count()`: the query is accepted, and its sort orders nothing.
    'fields @timestamp, level, message, error_type, pipeline | filter level = "ERROR" | stats count() by error_type, pipeline | sort count desc',
    [{ error_type: 'Schema', pipeline: 'p2', 'count()': '1' }, { error_type: 'Timeout', pipeline: 'p1', 'count()': '2' }],
  ],
  [
    'fields @timestamp, duration, pipeline, environment | filter message like /processing completed/ | stats avg(duration), max(duration), min(duration) by pipeline, environment',
    [{ pipeline: 'p1', environment: 'prod', 'avg(duration)': '12.5', 'max(duration)': '15', 'min(duration)': '10' }],
  ],
  [
    'fields @timestamp, records_processed, data_quality_score, pipeline | filter message like /batch completed/ | stats sum(records_processed), avg(data_quality_score) by pipeline',
    [{ pipeline: 'p1', 'sum(records_processed)': '150', 'avg(data_quality_score)': '0.85' }],
  ],
])('%s', async ([query, expected]) => {
  expect(await events.run(query)).toEqual(expected)
})
