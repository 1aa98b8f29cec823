import { isDeepStrictEqual } from 'node:util'
import { expect, test } from 'vitest'
import { seededEntropy } from '../../src/base/entropy.ts'
import { silentLog } from '../../src/base/log.ts'
import { ManualClock } from '../../src/base/manual-clock.ts'
import { epochMillis, type EpochMillis } from '../../src/base/time.ts'
import { putMetricDataDecoder } from '../../src/ingest/put-metric-data/decode.ts'
import { DropTaker } from '../../src/jobs/drops/drop-taker.ts'
import { LogArrivals } from '../../src/jobs/log-arrivals/log-arrivals.ts'
import { DataProtection } from '../../src/jobs/log-protection/data-protection.ts'
import { FindingsReports } from '../../src/jobs/log-protection/findings-reports.ts'
import type { LogGroup } from '../../src/model/log.ts'
import type { OnceMark } from '../../src/model/once-mark.ts'
import { decodePutLogEvents } from '../../src/server/aws/put-log-events-door.ts'
import { decodePutMetricData } from '../../src/server/aws/put-metric-data-door.ts'
import { dropSink } from '../../src/server/drops/drop-sink.ts'
import { logMetricSink } from '../../src/server/log-metric-sink.ts'
import type { ControlStore } from '../../src/store/control/control-store.ts'
import { Head } from '../../src/store/head/head.ts'
import { SeriesIndex } from '../../src/store/head/series-index.ts'
import { MetricIntake } from '../../src/store/intake/metric-intake.ts'
import { Journal } from '../../src/store/journal/journal.ts'
import { MemoryFiles } from '../../src/store/journal/memory-files.ts'
import { openLogs } from '../../src/store/logs/open-logs.ts'
import { scratchTelemetry } from '../../src/store/telemetry/telemetry.test-support.ts'
import { MemoryDisk, MemoryTables } from '../memory-tables.ts'
import { OURS, START, temporaryControl } from '../temporary-control.ts'

const telemetry = await scratchTelemetry()

/** Batches have at most a megabyte: two events, and one; each brings metrics in two namespaces, and is sent on. */
const LINES = Array.from({ length: 3 }, (_, n) => {
  const directive = (Namespace: string) => ({ Namespace, Dimensions: [[]], Metrics: [{ Name: 'm' }] })
  return JSON.stringify({ n, send: 'on', m: n, _aws: { Timestamp: START, CloudWatchMetrics: [directive('A'), directive('B')] }, text: 'x'.repeat(400_000) })
})

const EMAIL = 'arn:aws:dataprotection::aws:data-identifier/EmailAddress'
const POLICY = JSON.stringify({
  Name: 'p', Version: '2021-06-01',
  Statement: [
    { DataIdentifier: [EMAIL], Operation: { Audit: { FindingsDestination: { CloudWatchLogs: { LogGroup: '/aws/vendedlogs/audit' } } } } },
    { DataIdentifier: [EMAIL], Operation: { Deidentify: { MaskConfig: {} } } },
  ],
})

/** What is dropped, what is to come of it, and by which kinds of writes. */
interface Scene {
  readonly lines: readonly string[]
  /** The policy whose reports are sent on, in the place of the events. */
  readonly policy: string | undefined
  /** Metrics go to their store, and out of the journal, as soon as they are there. */
  readonly forgetful: boolean
  readonly whole: { readonly events: number; readonly different: number; readonly samples: readonly string[]; readonly sent: readonly number[] }
  readonly writes: readonly string[]
}

const WRITES = ['claim', 'journal 2', 'journal 3', 'outbox', 'finish', 'insert', 'journal 129', 'marks', 'journal 130', 'journal 131']
const MANY = { lines: LINES, policy: undefined, whole: { events: 3, different: 3, samples: LINES.flatMap((_, n) => [`${n}×1`, `${n}×1`]), sent: [1, 2] }, writes: WRITES }
const SCENES: readonly (readonly [string, Scene])[] = [
  ['event, sample and message once', { ...MANY, forgetful: false }],
  ['event, sample and message once, metrics stored at once', { ...MANY, forgetful: true }],
  // The report is an event of its own, and counted in a metric.
  ['report of data protection once', {
    lines: ['mail a@example.com'], policy: POLICY, forgetful: true, whole: { events: 2, different: 2, samples: ['1×1'], sent: [1] }, writes: [...WRITES, 'claim of a report'],
  }],
]

/** At its n-th durable write, before it or right behind it. */
interface Kill {
  readonly write: number
  readonly behind: boolean
}

/** What of a data folder outlives a process. */
interface Disk {
  readonly store: ControlStore
  readonly metrics: MemoryDisk
  readonly files: MemoryFiles
}

/**
 * One life of a server that takes a dropped object. From the chosen write on nothing gets to the disk any more. Answers its durable
 * writes, and whether it lived to the end.
 */
const live = async ({ store, metrics, files }: Disk, life: number, kill: Kill | undefined, { lines, policy, forgetful }: Scene) => {
  const clock = new ManualClock(epochMillis(START + life * 1_000))
  const entropy = seededEntropy(life + 1)
  const tables = new MemoryTables(metrics)
  const death = Promise.withResolvers<never>()
  death.promise.catch(() => undefined)
  const writes: string[] = []
  let dead = false
  let left = files
  const die = (): Promise<never> => {
    if (!dead) left = files.copy()
    tables.killed = dead = true
    death.reject(new Error('killed'))
    return death.promise
  }
  const durable = async <Result>(what: string, write: () => Promise<Result>): Promise<Result> => {
    const last = !dead && writes.push(what) === kill?.write
    if (dead || (last && !kill.behind)) return die()
    const result = await write()
    return last ? die() : result
  }
  const index = new SeriesIndex()
  const head = new Head(index, clock.now())
  const journal = await Journal.open({ files, entropy, log: silentLog, segmentBytes: 1_000 })
  const append = journal.append.bind(journal)
  journal.append = (kind, parts) => durable(`journal ${kind}`, () => append(kind, parts))
  const once = { has: (mark: OnceMark) => store.drops.has(mark), note: (marks: readonly OnceMark[]) => durable('marks', () => store.drops.note(marks)) }
  const insert: typeof telemetry.insert = (...block) => durable('insert', () => telemetry.insert(...block))
  const engine = new Proxy(telemetry, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name)
      return name === 'insert' ? insert : typeof member === 'function' ? member.bind(target) : member
    },
  })
  const run = async (): Promise<void> => {
    const decode = putMetricDataDecoder(index, decodePutMetricData, entropy)
    const intake = await MetricIntake.open({ journal, index, head, tables, decode, once, clock, entropy, log: silentLog })
    const protection = await DataProtection.open(store.logProtections)
    const plain = { maskOf: (masked: LogGroup, at?: EpochMillis) => protection.maskOf(masked, at), transformOf: () => undefined, retentionOf: () => ({ days: undefined, policyName: undefined }) }
    const logs = await openLogs({ control: store, telemetry: engine, journal, decode: decodePutLogEvents, ...plain, clock, entropy, log: silentLog })
    const dropped = await logs.directory.ensure(OURS, 'g', 's', clock.now())
    const group = policy === undefined ? dropped : await logs.directory.ensure(OURS, '/aws/vendedlogs/audit', 'g', clock.now())
    if (policy !== undefined && protection.find(OURS, dropped.id) === undefined) await protection.put({ tenant: OURS, group: dropped.id, name: '', document: policy, since: START })
    const filter = { group: group.id, name: 'f', pattern: policy === undefined ? '{ $.send = on }' : '', createdAt: START, changedAt: START, onTransformedLogs: false, selectionCriteria: undefined }
    const destination = { destinationArn: 'https://example.com/logs', roleArn: undefined, distribution: 'ByLogStream' as const, systemFields: undefined }
    if (logs.subscriptionFilters.of(group.id).length === 0) await logs.subscriptionFilters.change(group.id, () => ({ ...filter, ...destination }))
    const arrivals = new LogArrivals({
      sink: logMetricSink(intake, clock),
      metricFilters: logs.metricFilters,
      subscriptionFilters: logs.subscriptionFilters,
      outbox: { forward: (publications, direct, mark) => durable('outbox', () => store.outbox.forward(publications, direct, mark)) },
      destinations: logs.destinations,
      transformers: { transformOf: () => undefined },
      accountPolicies: { subscription: () => undefined, extractsMetrics: () => true },
      pageOf: () => '',
      isGroup: () => true,
      clock,
      entropy,
      log: silentLog,
    })
    const { drops } = store
    const claims = { claimOf: (mark: OnceMark) => drops.claimOf(mark), noteClaim: (mark: OnceMark, seq: bigint) => durable('claim of a report', () => drops.noteClaim(mark, seq)) }
    const reports = new FindingsReports({ protection, groups: logs.directory, sink: logs.intake, metrics: logMetricSink(intake, clock), claims })
    logs.intake.onArrival(async arrival => {
      await arrivals.take(arrival)
      await reports.take(arrival)
      if (forgetful) await intake.writer.flush()
    })
    const taker = new DropTaker({
      book: {
        progress: version => drops.progress(version),
        claim: (...claim) => durable('claim', () => drops.claim(...claim)),
        finish: (...end) => durable('finish', () => drops.finish(...end)),
        known: (...source) => drops.known(...source),
        forget: (...version) => drops.forget(...version),
      },
      sink: dropSink({ groups: logs.directory, intake: logs.intake, clock }),
      clock,
      onQuarantined: () => Promise.resolve(),
    })
    const body = Buffer.from(lines.join('\n'))
    const version = { tenant: OURS, source: 's3://b', key: 'k', version: '1', size: body.length, modifiedAt: START }
    await taker.take({ version, logGroup: 'g', stream: 's', read: () => Promise.resolve((async function* () { yield body })()) })
    await logs.intake.settled([dropped.id, group.id])
    await intake.writer.flush()
  }
  const running = run()
  running.catch(() => undefined)
  const finished = await Promise.race([running.then(() => true), death.promise.catch(() => false)])
  return { writes, finished, disk: { store, metrics, files: left } }
}

const outcome = async ({ store, metrics }: Disk) => {
  const [events] = await telemetry.query<{ n: string; different: string }>('write', 'SELECT count() AS n, uniqExact(message) AS different FROM log_events')
  const sent = await store.deliveryQueue.lease(epochMillis(START + 3_600_000), epochMillis(START + 86_400_000), 100, [])
  return {
    events: Number(events!.n),
    different: Number(events!.different),
    samples: metrics.points.map(({ value, count }) => `${value}×${count}`).sort(),
    sent: sent.map(({ delivery }) => Number(delivery.publication.attributes['LogEvents']?.text)).sort((one, other) => one - other),
  }
}

const fresh = async (): Promise<Disk> => {
  await telemetry.command('TRUNCATE TABLE log_events')
  return { store: temporaryControl().store, metrics: new MemoryDisk(), files: new MemoryFiles() }
}

test.each(SCENES)('whichever write a server is killed at, an object brings each %s', async (_, scene) => {
  const untouched = await fresh()
  const { writes, finished } = await live(untouched, 0, undefined, scene)
  expect(finished).toBe(true)
  expect(await outcome(untouched)).toEqual(scene.whole)
  expect(new Set(writes)).toEqual(new Set(scene.writes))
  const wrong: unknown[] = []
  for (let write = 1; write <= writes.length; write++) {
    for (const behind of [false, true]) {
      let { disk } = await live(await fresh(), 0, { write, behind }, scene)
      // A second kill hits the taking up again.
      if (behind && scene.forgetful) ({ disk } = await live(disk, 1, { write: 3, behind: write % 2 === 0 }, scene))
      await live(disk, 2, undefined, scene)
      const found = await outcome(disk)
      if (!isDeepStrictEqual(found, scene.whole)) wrong.push({ write, behind, what: writes[write - 1], found })
    }
  }
  expect(wrong).toEqual([])
}, 120_000)
