import type { Tenant } from '../../base/tenancy.ts'
import { floorTo, seconds, toMillis, toSeconds, type EpochMillis, type EpochSeconds } from '../../base/time.ts'
import { sortDimensions, type Dimension, type Unit } from '../../model/metric.ts'
import type { LogMetricSink } from './ports.ts'
import type { FoldedSamples } from './sample-fold.ts'

const MINUTE = seconds(60)

/** AWS/Logs (user guide, "Monitoring with CloudWatch metrics"), with their units. */
const UNITS = {
  IncomingBytes: 'Bytes',
  IncomingLogEvents: 'None',
  ForwardedBytes: 'Bytes',
  ForwardedLogEvents: 'None',
  DeliveryErrors: 'None',
  DeliveryThrottling: 'None',
  EMFParsingErrors: 'None',
  EMFValidationErrors: 'None',
} as const satisfies Record<string, Unit>

type UsageMetric = keyof typeof UNITS

/** What the figures are of: a group, or one of its subscription filters. */
export interface UsageSource {
  readonly tenant: Tenant
  readonly group: string
  readonly filter?: { readonly name: string; readonly destinationType: string }
}

interface Total {
  readonly tenant: Tenant
  readonly metric: UsageMetric
  readonly minute: EpochSeconds
  readonly dimensions: readonly Dimension[]
  sum: number
}

/** Counts what comes in and goes out, by group and of the account, and reports each minute once it is over. A kill costs what was counted in the running one. */
export class LogUsage {
  #totals = new Map<string, Total>()

  count(source: UsageSource, metric: UsageMetric, value: number, at: EpochMillis): void {
    if (value === 0) return
    const minute = floorTo(toSeconds(at), MINUTE)
    const { tenant, group, filter } = source
    const account = `${minute} ${tenant.account} ${tenant.region} ${metric}`
    this.#add(account, { tenant, metric, minute, dimensions: [] }, value)
    const key = `${account} ${group} ${filter?.name ?? ''}`
    if (this.#add(key, undefined, value)) return
    const dimensions = filter === undefined ? [] : [{ name: 'DestinationType', value: filter.destinationType }, { name: 'FilterName', value: filter.name }]
    this.#add(key, { tenant, metric, minute, dimensions: sortDimensions([{ name: 'LogGroupName', value: group }, ...dimensions]) }, value)
  }

  /** Reports the minutes before `now`'s; with `all`, that one too. */
  async report(sink: LogMetricSink, now: EpochMillis, all = false): Promise<void> {
    const current = floorTo(toSeconds(now), MINUTE)
    const over = [...this.#totals].filter(([, { minute }]) => all || minute < current)
    for (const [key] of over) this.#totals.delete(key)
    const byTenant = new Map<string, { readonly tenant: Tenant; readonly samples: FoldedSamples[] }>()
    for (const [, total] of over) {
      const key = `${total.tenant.account} ${total.tenant.region}`
      const found = byTenant.get(key)
      if (found === undefined) byTenant.set(key, { tenant: total.tenant, samples: [sampleOf(total)] })
      else found.samples.push(sampleOf(total))
    }
    for (const { tenant, samples } of byTenant.values()) await sink.put(tenant, samples, now)
  }

  #add(key: string, fresh: Omit<Total, 'sum'> | undefined, value: number): boolean {
    const total = this.#totals.get(key)
    if (total !== undefined) total.sum += value
    else if (fresh !== undefined) this.#totals.set(key, { ...fresh, sum: value })
    return total !== undefined
  }
}

const sampleOf = ({ metric, minute, dimensions, sum }: Total): FoldedSamples => ({
  metric: { namespace: 'AWS/Logs', name: metric, dimensions },
  unit: UNITS[metric],
  timestamp: toMillis(minute),
  resolution: 60,
  counts: new Map([[sum, 1]]),
})
