import { join } from 'node:path'
import type { DescribeAlarmsOutput, PutMetricAlarmCommandInput } from '@aws-sdk/client-cloudwatch'
import { seededEntropy } from '../../src/base/entropy.ts'
import { silentLog } from '../../src/base/log.ts'
import { ManualClock } from '../../src/base/manual-clock.ts'
import type { Tenant } from '../../src/base/tenancy.ts'
import { epochMillis, millis } from '../../src/base/time.ts'
import { ActionPlanner } from '../../src/engines/alarms/actions.ts'
import { compileFilter } from '../../src/engines/filter-policy/compile-filter.ts'
import { putMetricDataDecoder } from '../../src/ingest/put-metric-data/decode.ts'
import { AlarmRounds } from '../../src/jobs/alarm-rounds/alarm-rounds.ts'
import type { LogSearcher } from '../../src/jobs/alarm-rounds/ports.ts'
import { DeliveryWorker } from '../../src/jobs/deliveries/worker.ts'
import { Dispatch } from '../../src/notify/dispatch.ts'
import { alarmPage } from '../../src/notify/links.ts'
import { channels } from '../../src/notify/registry.ts'
import { AlarmFollowers } from '../../src/server/alarm-followers.ts'
import { decodePutMetricData } from '../../src/server/aws/put-metric-data-door.ts'
import { metricSink } from '../../src/server/metric-sink.ts'
import { InMemoryCloudWatch } from '../../src/services/cloudwatch/ports.test-support.ts'
import { cloudWatch } from '../../src/services/cloudwatch/service.ts'
import { sns } from '../../src/services/sns/service.ts'
import { openControl, type ControlStore } from '../../src/store/control/control-store.ts'
import { Head } from '../../src/store/head/head.ts'
import { SeriesIndex } from '../../src/store/head/series-index.ts'
import { CombinedReads } from '../../src/store/intake/combined-reads.ts'
import { MetricIntake } from '../../src/store/intake/metric-intake.ts'
import { Journal } from '../../src/store/journal/journal.ts'
import { MemoryFiles } from '../../src/store/journal/memory-files.ts'
import { CalledService, rootOf } from '../called-service.ts'
import { MemoryMarks } from '../memory-marks.ts'
import { MemoryDisk, MemoryTables } from '../memory-tables.ts'
import { OURS, temporaryFolder } from '../temporary-control.ts'
import type { Command } from './example-commands.ts'
import { MessageLog } from './message-log.ts'
import { identity, metricsOf, type Reading, type Readings } from './readings.ts'

const PUBLIC_URL = 'https://tocsin.example.org/'
/** Alarms are judged a moment after the full minute. */
const GRACE = millis(200)
const HALF_A_MINUTE = millis(30_000)

const NO_LOGS: LogSearcher = { find: () => Promise.resolve({ error: 'none of these systems asks for it' }) }

type Definition = PutMetricAlarmCommandInput & { readonly AlarmName: string }

/**
 * A system with its metrics, its alarms and the people on call: everything from the operations to the channels is the
 * product's own, on a clock that is moved by hand; only the telemetry store and the network are stand-ins.
 */
export class WatchedSystem {
  readonly clock: ManualClock
  readonly messages: MessageLog
  readonly definitions = new Map<string, Definition>()
  readonly #tenant: Tenant
  readonly #control: ControlStore
  readonly #cloudWatch: CalledService
  readonly #sns: CalledService
  readonly #intake: MetricIntake
  readonly #followers: AlarmFollowers
  readonly #rounds: AlarmRounds
  readonly #worker: DeliveryWorker
  /** What the system reports each minute, by metric. */
  readonly #reported = new Map<string, Reading>()

  static async open(start: string, commands: readonly Command[], tenant = OURS, logs = NO_LOGS): Promise<WatchedSystem> {
    const clock = new ManualClock(epochMillis(Date.parse(start)))
    const entropy = seededEntropy(1)
    const files = new MemoryFiles()
    const index = new SeriesIndex()
    const head = new Head(index, clock.now())
    const tables = new MemoryTables(new MemoryDisk())
    const journal = await Journal.open({ files, entropy, log: silentLog, segmentBytes: 65_536 })
    const decode = putMetricDataDecoder(index, decodePutMetricData, entropy)
    const intake = await MetricIntake.open({ journal, index, head, tables, decode, once: new MemoryMarks(), clock, entropy, log: silentLog })
    const system = new WatchedSystem(tenant, clock, intake, head, index, new CombinedReads(index, head, tables, intake.writer), logs)
    await system.#start()
    for (const command of commands) await system.#perform(command)
    await system.#confirm()
    await clock.advance(GRACE)
    await system.idle()
    return system
  }

  private constructor(tenant: Tenant, clock: ManualClock, intake: MetricIntake, head: Head, index: SeriesIndex, reads: CombinedReads, logs: LogSearcher) {
    const entropy = seededEntropy(2)
    const log = silentLog
    const alarmUrl: ConstructorParameters<typeof ActionPlanner>[1] = (tenant, name) => alarmPage(PUBLIC_URL, tenant, name)
    this.#tenant = tenant
    this.clock = clock
    this.messages = new MessageLog(clock)
    this.#intake = intake
    this.#control = openControl({ file: join(temporaryFolder(), 'control.db'), clock, log, compileFilter })
    const { alarms, alarmBook, muteRules, tags, topics, subscriptions, outbox, deliveryQueue } = this.#control
    const planner = new ActionPlanner(entropy, alarmUrl)
    const ports = { ...new InMemoryCloudWatch().ports, alarms, muteRules, tags, topics, planner, directory: index, reads, sink: metricSink(intake) }
    this.#cloudWatch = new CalledService(cloudWatch(ports), () => clock.now())
    this.#sns = new CalledService(sns({ topics, subscriptions, tags, outbox, entropy }), () => clock.now())
    this.#followers = new AlarmFollowers({ control: this.#control, planner, clock, entropy, log })
    this.#rounds = new AlarmRounds({
      clock, log, topics, planner,
      book: alarmBook,
      mutes: this.#followers.mutes,
      sources: {
        windows: head, reads, sums: reads, directory: index,
        bands: { get: () => undefined },
        promql: { instant: () => Promise.resolve({ error: 'none of these systems asks for it' }) },
        logs,
        rules: { values: () => Promise.resolve(undefined) },
      },
    })
    this.#followers.follow(this.#rounds)
    const { http, mail } = this.messages
    const signer = { certificateUrl: `${PUBLIC_URL}certificate.pem`, sign: () => Promise.resolve('signature') }
    const pictures = { linked: false, ofAlarm: () => Promise.resolve(undefined) }
    const sender = new Dispatch(channels, { clock, http, mail, signer, pictures, publicUrl: PUBLIC_URL })
    this.#worker = new DeliveryWorker({ queue: deliveryQueue, sender, clock, entropy, log })
  }

  async #start(): Promise<void> {
    await this.#worker.start()
    await this.#followers.open()
    await this.#rounds.start()
    await this.#followers.start()
  }

  async close(): Promise<void> {
    await this.#rounds.stop()
    await this.#followers.stop()
    await this.#worker.stop()
    await this.#intake.close()
    await this.#control.close()
  }

  /** From now on the alarm's metrics have these values; undefined: they are not reported any more. */
  report(alarm: string, readings: Readings): void {
    for (const [metric, reading] of metricsOf(this.#definition(alarm), readings)) this.#reported.set(metric, reading)
  }

  /** The alarm's metrics have these values this once. */
  async reportOnce(alarm: string, readings: Readings): Promise<void> {
    await this.#publish(new Map(metricsOf(this.#definition(alarm), readings)))
  }

  /** Lets that many minutes go by: metrics are reported in the middle of each, and the last thing that happens is the round of alarms. */
  async minutes(count: number): Promise<void> {
    for (let minute = 0; minute < count; minute++) {
      await this.clock.advance(HALF_A_MINUTE)
      await this.#publish(this.#reported)
      await this.clock.advance(HALF_A_MINUTE)
      await this.idle()
    }
  }

  /** As long as it takes, in minutes, for the alarm to be in the state. */
  async becomes(alarm: string, state: string, within: number): Promise<number> {
    for (let passed = 1; passed <= within; passed++) {
      await this.minutes(1)
      if ((await this.state(alarm)) === state) return passed
    }
    throw new Error(`${alarm} did not become ${state} in ${within} minutes, but is ${await this.state(alarm)}`)
  }

  async state(name: string): Promise<string> {
    const { MetricAlarms = [], CompositeAlarms = [], LogAlarms = [] } = await this.#run<DescribeAlarmsOutput>(this.#cloudWatch, 'DescribeAlarms', {
      AlarmNames: [name], AlarmTypes: ['MetricAlarm', 'CompositeAlarm', 'LogAlarm'],
    })
    return [...MetricAlarms, ...CompositeAlarms, ...LogAlarms][0]!.StateValue!
  }

  /** Resolves when what the clock has set in motion is over, down to the last delivery. */
  async idle(): Promise<void> {
    for (let turn = 0; turn < 3 || this.#worker.counts().held > 0; turn++) {
      await this.#followers.idle()
      await new Promise(resolve => setImmediate(resolve))
    }
  }

  #definition(alarm: string): Definition {
    const definition = this.definitions.get(alarm)
    if (definition === undefined) throw new Error(`no alarm ${alarm}`)
    return definition
  }

  async #publish(readings: ReadonlyMap<string, Reading>): Promise<void> {
    const byNamespace = Map.groupBy(readings, ([metric]) => identity(metric).Namespace)
    for (const [Namespace, reported] of byNamespace) {
      const MetricData = reported.flatMap(([metric, reading]) => {
        if (reading === undefined) return []
        const { Namespace: _, ...datum } = identity(metric)
        return [{ ...datum, Timestamp: new Date(this.clock.now()), ...(typeof reading === 'number' ? { Value: reading } : { Values: reading }) }]
      })
      if (MetricData.length > 0) await this.#run(this.#cloudWatch, 'PutMetricData', { Namespace, MetricData })
    }
  }

  #run<Output = unknown>(service: CalledService, operation: string, input: object): Promise<Output> {
    return service.run<Output>(operation, input, rootOf(this.#tenant), this.#tenant)
  }

  async #perform({ service, operation, input }: Command): Promise<void> {
    if (service === 'sns') await this.#run(this.#sns, operation, input)
    if (service === 'cloudwatch') await this.#run(this.#cloudWatch, operation, input)
    if (operation === 'PutMetricAlarm') this.definitions.set(String(input['AlarmName']), input as unknown as Definition)
  }

  /** Everybody visits the link that they were sent. */
  async #confirm(): Promise<void> {
    await this.idle()
    for (const input of this.messages.confirmations()) await this.#run(this.#sns, 'ConfirmSubscription', input)
  }
}
