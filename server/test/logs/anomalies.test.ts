import { expect, test } from 'vitest'
import { millis } from '../../src/base/time.ts'
import { scratchTelemetry } from '../../src/store/telemetry/telemetry.test-support.ts'
import { CalledLogs } from '../called-logs.ts'
import { rootOf } from '../called-service.ts'
import { ELSEWHERE, THEIRS } from '../temporary-control.ts'

const telemetry = await scratchTelemetry()
const ARN = 'arn:aws:logs:us-east-1:111111111111:log-group:g'
const MINUTE = 60_000

interface Anomaly {
  readonly anomalyId: string
  readonly patternId: string
  readonly patternString: string
  readonly priority: string
  readonly state: string
  readonly active: boolean
  readonly suppressed: boolean
  readonly description: string
  readonly logSamples: readonly object[]
  readonly histogram: Readonly<Record<string, number>>
}

const opened = async (): Promise<CalledLogs> => {
  const called = await CalledLogs.open(telemetry)
  await called.group('g', 's')
  return called
}
const create = async (called: CalledLogs, more: object = {}): Promise<string> =>
  (await called.run<{ anomalyDetectorArn: string }>('CreateLogAnomalyDetector', { logGroupArnList: [ARN], detectorName: 'd', evaluationFrequency: 'FIVE_MIN', ...more })).anomalyDetectorArn
/** What is usual in the n-th window. */
const usual = (n: number): readonly string[] =>
  Array.from({ length: 5 }, (_, i) => `INFO user ${['ada', 'grace', 'edsger', 'alan'][(n + i) % 4]} logged in from 10.0.0.${i} after ${n * i} ms`)
/** One window of five minutes. */
const window = async (called: CalledLogs, n: number, ...more: readonly string[]): Promise<void> => {
  await called.put('g', 's', [...usual(n), ...more].map((message, i) => [i, message]))
  await called.clock.advance(millis(5 * MINUTE))
  await called.definitions.anomalies.run()
}
const anomalies = async (called: CalledLogs, more: object = {}): Promise<readonly Anomaly[]> => (await called.run<{ anomalies: readonly Anomaly[] }>('ListAnomalies', more)).anomalies
const trained = async (called: CalledLogs, more: object = {}, ...messages: readonly string[]): Promise<string> => {
  await called.put('g', 's', Array.from({ length: 30 }, (_, n) => [...usual(n), ...messages].map((message, i) => [(n - 30) * 5 * MINUTE + i, message] as const)).flat())
  const arn = await create(called, more)
  await called.clock.advance(millis(11_000))
  await called.definitions.anomalies.run()
  return arn
}

test('a pattern that was never there is an anomaly, and alarms can watch it', async () => {
  const called = await opened()
  const arn = await trained(called)
  expect(await called.run('GetLogAnomalyDetector', { anomalyDetectorArn: arn })).toMatchObject({
    detectorName: 'd', logGroupArnList: [ARN], evaluationFrequency: 'FIVE_MIN', anomalyDetectorStatus: 'ANALYZING', anomalyVisibilityTime: 21,
  })
  expect(await anomalies(called)).toEqual([])
  called.counted.length = 0
  await window(called, 31, 'ERROR disk /dev/sda1 is full', 'ERROR disk /dev/sdb7 is full')
  const [found, ...others] = await anomalies(called, { anomalyDetectorArn: arn })
  expect(others).toEqual([])
  expect(found).toMatchObject({ priority: 'HIGH', state: 'Active', active: true, suppressed: false, logGroupArnList: [ARN], anomalyDetectorArn: arn })
  expect(found!.patternString).toContain('ERROR disk')
  expect(Object.values(found!.histogram)).toEqual([2])
  expect(found!.logSamples).toContainEqual({ timestamp: expect.any(Number) as number, message: 'ERROR disk /dev/sda1 is full' })
  const counts = called.counted.map(({ metric, counts: values }) => [metric.name, ...metric.dimensions.map(({ value }) => value), ...values.keys()])
  expect(counts).toEqual([['AnomalyCount', 'd', 'HIGH', 1], ['AnomalyCount', 'd', 'MEDIUM', 0], ['AnomalyCount', 'd', 'LOW', 0]])
  await window(called, 32)
  expect(await anomalies(called)).toMatchObject([{ active: false }])
})

test('a pattern that comes far more often is one, other words in it are none', async () => {
  const called = await opened()
  await trained(called)
  await window(called, 31, 'INFO user barbara logged in from 10.0.0.9 after 1 ms')
  expect(await anomalies(called)).toEqual([])
  await window(called, 32, ...Array.from({ length: 60 }, (_, n) => `INFO user ada logged in from 10.0.1.${n} after 1 ms`))
  expect(await anomalies(called)).toMatchObject([{ description: expect.stringMatching(/^6\d events of this pattern, where 5 are usual\.$/) as string }])
})

test('a detector learns from what was there before it, at once', async () => {
  const called = await opened()
  const anomalyDetectorArn = await create(called)
  const status = async () => (await called.run('GetLogAnomalyDetector', { anomalyDetectorArn }))['anomalyDetectorStatus']
  expect(await status()).toBe('INITIALIZING')
  await called.clock.advance(millis(11_000))
  await called.definitions.anomalies.run()
  // There is nothing to learn from yet, and the first that comes is no anomaly.
  await window(called, 1)
  expect([await status(), await anomalies(called)]).toEqual(['TRAINING', []])
  await called.run('DeleteLogAnomalyDetector', { anomalyDetectorArn })
  const other = await trained(called)
  expect(await called.run('GetLogAnomalyDetector', { anomalyDetectorArn: other })).toMatchObject({ anomalyDetectorStatus: 'ANALYZING' })
})

test('only events that match its pattern are looked at', async () => {
  const called = await opened()
  await trained(called, { filterPattern: 'ERROR' }, 'ERROR usual')
  await window(called, 30, 'ERROR usual', 'ERROR but not this', 'WARN nor that')
  expect((await anomalies(called)).map(({ patternString }) => patternString)).toEqual(['ERROR but not this'])
})

test('anomalies are suppressed for a while, for ever, and taken for normal', async () => {
  const called = await opened()
  const anomalyDetectorArn = await trained(called)
  await window(called, 31, 'ERROR disk is full')
  const [{ anomalyId, patternId }] = (await anomalies(called)) as [Anomaly]
  const update = (more: object) => called.run('UpdateAnomaly', { anomalyDetectorArn, anomalyId, ...more })
  await update({ suppressionType: 'LIMITED', suppressionPeriod: { value: 1, suppressionUnit: 'HOURS' } })
  expect(await anomalies(called, { suppressionState: 'SUPPRESSED' })).toMatchObject([{ state: 'Suppressed', suppressedUntil: called.clock.now() + 60 * MINUTE }])
  expect(await anomalies(called, { suppressionState: 'UNSUPPRESSED' })).toEqual([])
  await called.clock.advance(millis(61 * MINUTE))
  expect(await anomalies(called, { suppressionState: 'UNSUPPRESSED' })).toMatchObject([{ state: 'Active' }])
  await update({ anomalyId: undefined, patternId, suppressionType: 'INFINITE' })
  expect(await anomalies(called)).toMatchObject([{ state: 'Suppressed', isPatternLevelSuppression: true }])
  await update({})
  expect(await anomalies(called)).toMatchObject([{ state: 'Active', suppressed: false }])
  await update({ baseline: true })
  expect(await anomalies(called)).toMatchObject([{ state: 'Baseline' }])
  expect(await called.refusal('UpdateAnomaly', { anomalyDetectorArn, anomalyId, patternId })).toMatch(/^400 InvalidParameterException: Exactly one/)
  expect(await called.refusal('UpdateAnomaly', { anomalyDetectorArn, patternId: 'x'.repeat(32) })).toMatch(/^400 ResourceNotFoundException/)
})

test('a paused detector looks at nothing, a deleted one is gone with what it found', async () => {
  const called = await opened()
  const anomalyDetectorArn = await trained(called)
  await called.run('UpdateLogAnomalyDetector', { anomalyDetectorArn, enabled: false, anomalyVisibilityTime: 30 })
  await window(called, 31, 'ERROR disk is full')
  expect(await anomalies(called)).toEqual([])
  expect(await called.run('ListLogAnomalyDetectors', { filterLogGroupArn: `${ARN}:*` })).toMatchObject({
    anomalyDetectors: [{ anomalyDetectorArn, anomalyDetectorStatus: 'PAUSED', anomalyVisibilityTime: 30 }],
  })
  await called.run('DeleteLogAnomalyDetector', { anomalyDetectorArn })
  expect(await called.run('ListLogAnomalyDetectors', {})).toMatchObject({ anomalyDetectors: [] })
  expect(await called.refusal('GetLogAnomalyDetector', { anomalyDetectorArn })).toBe('400 ResourceNotFoundException: The specified anomaly detector does not exist.')
})

test.each([
  [{ logGroupArnList: [] }, /Only 1 log group arn is supported/],
  [{ logGroupArnList: [ARN, ARN] }, /^400 InvalidParameterException: Only 1 log group arn is supported in the list\.$/],
  [{ logGroupArnList: ['g'] }, /The specified log group does not exist/],
  [{ filterPattern: '{ broken' }, /Invalid filter pattern/],
  [{ anomalyVisibilityTime: 5 }, /greater than or equal to 7/],
  [{ evaluationFrequency: 'DAILY' }, /enum value set/],
])('a detector is refused: %j', async (more, message) => {
  const called = await opened()
  expect(await called.refusal('CreateLogAnomalyDetector', { logGroupArnList: [ARN], ...more })).toMatch(message)
})

test('nobody else sees detectors or anomalies', async () => {
  const called = await opened()
  const anomalyDetectorArn = await create(called)
  for (const tenant of [THEIRS, ELSEWHERE]) {
    const root = rootOf(tenant)
    expect(await called.run('ListLogAnomalyDetectors', {}, root, tenant)).toMatchObject({ anomalyDetectors: [] })
    expect(await called.run('ListAnomalies', {}, root, tenant)).toMatchObject({ anomalies: [] })
    for (const [name, more] of [['GetLogAnomalyDetector', {}], ['UpdateLogAnomalyDetector', { enabled: false }], ['DeleteLogAnomalyDetector', {}], ['ListAnomalies', {}]] as const) {
      expect(await called.refusal(name, { anomalyDetectorArn, ...more }, root, tenant)).toMatch(/ResourceNotFoundException/)
    }
    expect(await called.refusal('CreateLogAnomalyDetector', { logGroupArnList: [ARN] }, root, tenant)).toMatch(/ResourceNotFoundException/)
  }
})
