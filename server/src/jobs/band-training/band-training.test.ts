import { beforeEach, expect, test } from 'vitest'
import { seededEntropy } from '../../base/entropy.ts'
import { silentLog } from '../../base/log.ts'
import { ManualClock } from '../../base/manual-clock.ts'
import { accountId, region, type Tenant } from '../../base/tenancy.ts'
import { epochMillis, epochSeconds, millis, seconds } from '../../base/time.ts'
import { detectorId } from '../../engines/bands/detector-id.ts'
import type { AlarmQuery, AlarmRecord, ExpressionAlarm } from '../../model/alarm.ts'
import type { AnomalyDetector, DetectorRecord, DetectorSource, DetectorState, TrainedModel } from '../../model/anomaly-detector.ts'
import type { Bucket, BucketQuery, UnitBuckets } from '../../model/metric.ts'
import { BandTraining } from './band-training.ts'
import type { AlarmList, DetectorBook } from './ports.ts'

const OURS: Tenant = { account: accountId('111111111111'), region: region('us-east-1') }
const THEIRS: Tenant = { account: accountId('222222222222'), region: region('us-east-1') }
const NOW = epochMillis(Date.parse('2026-03-16T10:07:00Z'))
const MINUTE = 60_000
const HOUR = 60 * MINUTE

const metric = (name: string) => ({ namespace: 'App', name, dimensions: [] })
const average = (name: string): DetectorSource => ({ kind: 'metric', metric: metric(name), statistic: 'Average' })
const CONFIGURATION = { excluded: [], timezone: undefined, adaptationSpeed: undefined, outlierFiltering: undefined, periodicSpikes: undefined }
const aDetector = (tenant: Tenant, source: DetectorSource): AnomalyDetector =>
  ({ tenant, id: detectorId(tenant, source), source, configuration: CONFIGURATION, configuredAt: NOW })

class Book implements DetectorBook {
  readonly records = new Map<string, DetectorRecord>()
  readonly kept: TrainedModel[] = []
  readonly trainings: string[] = []
  #tell: Parameters<DetectorBook['onChange']>[0] = () => {}

  all = () => Promise.resolve([...this.records.values()])
  models = () => Promise.resolve(this.kept)
  onChange(listener: Parameters<DetectorBook['onChange']>[0]): void {
    this.#tell = listener
  }

  put(detector: AnomalyDetector): void {
    const record: DetectorRecord = { detector, state: 'PENDING_TRAINING' }
    this.records.set(detector.id, record)
    this.#tell({ tenant: detector.tenant, id: detector.id, record })
  }

  remove({ tenant, id }: AnomalyDetector): void {
    this.records.delete(id)
    this.#tell({ tenant, id, record: undefined })
  }

  add(detector: AnomalyDetector): Promise<boolean> {
    const isNew = !this.records.has(detector.id)
    if (isNew) this.put(detector)
    return Promise.resolve(isNew)
  }

  learnt(detector: AnomalyDetector, state: DetectorState, models: readonly TrainedModel[]): Promise<boolean> {
    this.trainings.push(detector.id)
    if (this.records.get(detector.id)?.detector !== detector) return Promise.resolve(false)
    this.records.set(detector.id, { detector, state })
    this.kept.push(...models)
    return Promise.resolve(true)
  }
}

class Alarms implements AlarmList {
  readonly records: AlarmRecord[] = []
  #tell: Parameters<AlarmList['onChange']>[0] = () => {}
  all = () => Promise.resolve(this.records)
  onChange(listener: Parameters<AlarmList['onChange']>[0]): void {
    this.#tell = listener
  }

  put(record: AlarmRecord): void {
    this.#tell({ arn: record.alarm.arn, record })
  }
}

/** Every metric holds its level, and a little noise of its own, from `since` on; another tenant's metrics hold nothing. */
class Reads {
  readonly levels: Readonly<Record<string, number>> = { Latency: 100, Errors: 5, Requests: 50 }
  since = 0
  broken = false

  async read({ tenant, metric: { name }, start, end, period }: BucketQuery): Promise<readonly UnitBuckets[]> {
    if (this.broken) throw new Error('the store is away')
    const level = this.levels[name]
    if (tenant.account !== OURS.account || level === undefined) return []
    const buckets: Bucket[] = []
    for (let at: number = start; at < end; at += period) {
      if (at < this.since) continue
      const value = level + ((at / period) % 7) * level * 0.01
      buckets.push({ start: epochSeconds(at), count: 1, sum: value, minimum: value, maximum: value })
    }
    return [{ unit: 'None', buckets }]
  }
}

const bandAlarm = (queries: readonly AlarmQuery[], period: number): AlarmRecord => ({
  alarm: {
    kind: 'expression', tenant: OURS, arn: 'arn:aws:cloudwatch:us-east-1:111111111111:alarm:a' as ExpressionAlarm['arn'], name: 'a', description: undefined,
    actionsEnabled: true, okActions: [], alarmActions: [], insufficientDataActions: [], configuredAt: NOW, period: seconds(period), evaluationPeriods: 3,
    datapointsToAlarm: undefined, treatMissingData: undefined, evaluateLowSampleCountPercentile: undefined, queries,
    limit: { kind: 'band', comparison: 'GreaterThanUpperThreshold', metricId: 'band' },
  },
  state: { value: 'OK', reason: '', reasonData: undefined, updatedAt: NOW, transitionedAt: NOW },
})

const stored = (id: string, name: string, period: number, returnData: boolean): AlarmQuery => ({
  id, label: undefined, returnData, account: undefined, expression: undefined, period: undefined,
  stored: { metric: metric(name), period: seconds(period), statistic: 'Average', unit: undefined },
})
const computed = (id: string, expression: string, returnData: boolean): AlarmQuery =>
  ({ id, label: undefined, returnData, account: undefined, expression, period: undefined, stored: undefined })

let clock: ManualClock
let book: Book
let alarms: Alarms
let reads: Reads
let training: BandTraining
beforeEach(() => {
  clock = new ManualClock(NOW)
  book = new Book()
  alarms = new Alarms()
  reads = new Reads()
  training = new BandTraining({ clock, entropy: seededEntropy(1), log: silentLog, book, alarms, reads })
})

const stateOf = ({ id }: AnomalyDetector) => book.records.get(id)?.state
const FIVE = seconds(300)

test('a new detector is trained at once, and nobody else is given what it learnt', async () => {
  await training.start()
  const [detector, theirs] = [aDetector(OURS, average('Latency')), aDetector(THEIRS, average('Latency'))]
  book.put(detector)
  book.put(theirs)
  await clock.advance(millis(0))
  expect([stateOf(detector), stateOf(theirs)]).toEqual(['TRAINED', 'PENDING_TRAINING'])
  expect(training.models.get(OURS, average('Latency'), FIVE)?.levels[0]).toBeCloseTo(103, 0)
  expect(training.models.get(THEIRS, average('Latency'), FIVE)).toBeUndefined()
  expect(training.models.get(OURS, { ...average('Latency'), statistic: 'Sum' } as DetectorSource, FIVE)).toBeUndefined()
})

test('a trained one learns again after some six hours, one that lacks data sooner', async () => {
  const [trained, lacking] = [aDetector(OURS, average('Latency')), aDetector(OURS, average('Unknown'))]
  book.put(trained)
  book.put(lacking)
  await training.start()
  await clock.advance(millis(5 * HOUR))
  const times = (id: string) => book.trainings.filter(each => each === id).length
  expect(times(trained.id)).toBe(1)
  expect(times(lacking.id)).toBeGreaterThan(15)
  await clock.advance(millis(2 * HOUR))
  expect(times(trained.id)).toBe(2)
})

test('what was learnt before a restart serves after it, and is renewed when it is due', async () => {
  const detector = aDetector(OURS, average('Latency'))
  book.put(detector)
  await training.start()
  await clock.advance(millis(0))
  await training.stop()
  const next = new BandTraining({ clock, entropy: seededEntropy(2), log: silentLog, book, alarms, reads })
  await next.start()
  expect(next.models.get(OURS, average('Latency'), FIVE)).toBeDefined()
  await clock.advance(millis(5 * HOUR))
  expect(book.trainings).toHaveLength(1)
  await next.stop()
})

test('an alarm with a band has its detector made and trained at its own period', async () => {
  await training.start()
  alarms.put(bandAlarm([stored('m1', 'Latency', 60, true), computed('band', 'ANOMALY_DETECTION_BAND(m1, 3)', true)], 60))
  await clock.advance(millis(0))
  expect(stateOf(aDetector(OURS, average('Latency')))).toBe('TRAINED')
  expect(training.models.get(OURS, average('Latency'), seconds(60))?.period).toBe(60)
  expect(training.models.get(OURS, average('Latency'), FIVE)?.period).toBe(300)
  book.remove(aDetector(OURS, average('Latency')))
  expect(training.models.get(OURS, average('Latency'), seconds(60))).toBeUndefined()
  await clock.advance(millis(MINUTE))
  expect(stateOf(aDetector(OURS, average('Latency')))).toBe('TRAINED')
})

test('an alarm that comes to a trained detector has its period trained at once', async () => {
  const detector = aDetector(OURS, average('Latency'))
  book.put(detector)
  await training.start()
  await clock.advance(millis(0))
  alarms.put(bandAlarm([stored('m1', 'Latency', 60, true), computed('band', 'ANOMALY_DETECTION_BAND(m1)', true)], 60))
  await clock.advance(millis(0))
  expect(training.models.get(OURS, average('Latency'), seconds(60))?.state).toBe('TRAINED')
})

test('a band around an expression learns from its computed history', async () => {
  alarms.records.push(bandAlarm([
    stored('m1', 'Errors', 300, false), stored('m2', 'Requests', 300, false), stored('m3', 'Latency', 300, false), computed('half', 'm1 / 2', false),
    computed('rate', '100 * half / m2', true), computed('band', 'ANOMALY_DETECTION_BAND(rate)', true),
  ], 300))
  await training.start()
  await clock.advance(millis(0))
  const [record] = [...book.records.values()]
  expect(record?.state).toBe('TRAINED')
  const source = record!.detector.source
  expect(source.kind === 'math' && source.queries.map(({ id, returnData }) => [id, returnData])).toEqual([['m1', false], ['m2', false], ['half', false], ['rate', true]])
  expect(training.models.get(OURS, source, FIVE)?.levels[100]).toBeCloseTo(5, 1)
})

test('while the store is away, what was learnt goes on serving', async () => {
  const detector = aDetector(OURS, average('Latency'))
  book.put(detector)
  await training.start()
  await clock.advance(millis(0))
  reads.broken = true
  await clock.advance(millis(7 * HOUR))
  expect(training.models.get(OURS, average('Latency'), FIVE)).toBeDefined()
  expect(book.trainings).toHaveLength(1)
  reads.broken = false
  await clock.advance(millis(HOUR))
  expect(book.trainings.length).toBeGreaterThan(1)
})

test('a metric without a detector has a band for drawing, which is not kept', async () => {
  await training.start()
  expect((await training.learn(OURS, average('Latency'), seconds(3600)))?.state).toBe('TRAINED')
  expect(await training.learn(THEIRS, average('Latency'), seconds(3600))).toBeUndefined()
  expect(book.records.size).toBe(0)
  expect(training.models.get(OURS, average('Latency'), seconds(3600))).toBeUndefined()
})

test('a young metric says how far to trust its band, and grows out of it', async () => {
  reads.since = NOW / 1000 - 2 * 3600
  const detector = aDetector(OURS, average('Latency'))
  book.put(detector)
  await training.start()
  await clock.advance(millis(0))
  expect(stateOf(detector)).toBe('TRAINED_INSUFFICIENT_DATA')
  expect(training.models.get(OURS, average('Latency'), FIVE)).toBeDefined()
  await clock.advance(millis(72 * HOUR))
  expect(stateOf(detector)).toBe('TRAINED')
})
