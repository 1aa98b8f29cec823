import { seededEntropy } from '../../src/base/entropy.ts'
import { silentLog } from '../../src/base/log.ts'
import { LogArrivals } from '../../src/jobs/log-arrivals/log-arrivals.ts'
import type { FoldedSamples } from '../../src/jobs/log-arrivals/sample-fold.ts'
import type { LeasedDelivery } from '../../src/model/notification.ts'
import type { Telemetry } from '../../src/store/telemetry/telemetry.ts'
import { epochMillis } from '../../src/base/time.ts'
import { CalledLogs } from '../called-logs.ts'

/** CloudWatch Logs with what becomes of events on arrival, whose metrics are written down as `namespace name{dimensions} @second unit: values`. */
export class ArrivalHouse {
  readonly called: CalledLogs
  readonly arrivals: LogArrivals
  readonly puts: (readonly string[])[] = []
  /** Figures of AWS/Logs. */
  readonly usage: string[] = []

  private constructor(called: CalledLogs) {
    this.called = called
    const { logs, clock, store } = called
    this.arrivals = new LogArrivals({
      sink: {
        put: (_tenant, samples) => {
          const isUsage = samples[0]?.metric.namespace === 'AWS/Logs'
          const texts = samples.map(sample => written(sample, START_OF_TESTS))
          if (isUsage) this.usage.push(...texts)
          else this.puts.push(texts)
          return Promise.resolve()
        },
      },
      metricFilters: logs.metricFilters,
      subscriptionFilters: logs.subscriptionFilters,
      outbox: store.outbox,
      destinations: logs.destinations,
      transformers: called.transformers,
      accountPolicies: called.accountPolicies,
      pageOf: (_tenant, group) => `http://console/${group}`,
      isGroup: group => logs.directory.byId(group) !== undefined,
      clock,
      entropy: seededEntropy(7),
      log: silentLog,
    })
    logs.intake.onArrival(arrival => this.arrivals.take(arrival))
  }

  static async open(telemetry: Telemetry): Promise<ArrivalHouse> {
    const called = await CalledLogs.open(telemetry)
    await called.group('g', 's')
    return new ArrivalHouse(called)
  }

  /** What was put since it was asked for last. */
  taken(): readonly string[] {
    return this.puts.splice(0).flat()
  }

  /** What waits in the outbox, in its order, and is taken out of it. */
  async outgoing(): Promise<readonly LeasedDelivery['delivery'][]> {
    const now = this.called.clock.now()
    const leased = await this.called.store.deliveryQueue.lease(now, epochMillis(now + 86_400_000), 100, [])
    return leased.map(({ delivery }) => delivery)
  }

  put(...messages: readonly string[]): Promise<unknown> {
    return this.called.put('g', 's', messages.map(message => [0, message] as const))
  }

  filter(filterName: string, filterPattern: string, transformation: object, more: object = {}): Promise<unknown> {
    return this.called.run('PutMetricFilter', {
      logGroupName: 'g',
      filterName,
      filterPattern,
      metricTransformations: [{ metricNamespace: 'App', metricName: filterName, metricValue: '1', ...transformation }],
      ...more,
    })
  }
}

const START_OF_TESTS = Date.UTC(2026, 0, 1)

const written = ({ metric, unit, timestamp, counts }: FoldedSamples, start: number): string => {
  const dimensions = metric.dimensions.map(({ name, value }) => `${name}=${value}`).join(',')
  const values = [...counts].map(([value, count]) => (count === 1 ? `${value}` : `${value}×${count}`)).join(' ')
  return `${metric.namespace} ${metric.name}{${dimensions}} @${(timestamp - start) / 1000} ${unit}: ${values}`
}
