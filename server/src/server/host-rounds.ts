import type { MetricDatum, PutMetricDataCommandInput } from '@aws-sdk/client-cloudwatch'
import type { Clock } from '../base/clock.ts'
import type { Entropy } from '../base/entropy.ts'
import type { Log } from '../base/log.ts'
import type { Tenant } from '../base/tenancy.ts'
import { millis, type EpochMillis } from '../base/time.ts'
import type { Reading } from '../collectors/collector.ts'
import { hostCollector } from '../collectors/host/host-collector.ts'
import { machine } from '../collectors/host/host-source.ts'
import { CollectorRounds } from '../jobs/collector-rounds.ts'
import type { Service } from '../services/operation.ts'
import { operationOf } from './operation-of.ts'
import { provideStarter, type StarterSettings } from './first-start.ts'

/** Below a minute, readings keep their second, so that alarms with short periods see each of them. */
const HIGH_RESOLUTION_BELOW = 60
/** PutMetricData's own limit. */
const MAX_DATUMS = 1000

/** Reads this machine round after round into its own account; after the first reading of all, sets up what watches it. */
export const hostRounds = (options: {
  readonly intervalSeconds: number
  readonly home: Tenant
  readonly settings: StarterSettings
  readonly services: readonly Service[]
  readonly clock: Clock
  readonly entropy: Entropy
  readonly log: Log
}): CollectorRounds => {
  const { intervalSeconds, home, settings, services, clock, entropy, log } = options
  const collector = hostCollector(machine(clock))
  const putMetricData = operationOf<PutMetricDataCommandInput, unknown>(services, 'cloudwatch', 'PutMetricData')
  const resolution = intervalSeconds < HIGH_RESOLUTION_BELOW ? 1 : 60
  return new CollectorRounds({
    clock,
    log,
    interval: millis(intervalSeconds * 1000),
    round: {
      name: collector.name,
      async run(at) {
        const readings = await collector.collect()
        const call = { tenant: home, principal: { kind: 'system', account: home.account }, requestId: entropy.uuid(), now: at } as const
        for (let from = 0; from < readings.length; from += MAX_DATUMS) {
          const part = readings.slice(from, from + MAX_DATUMS)
          await putMetricData.run({ Namespace: collector.namespace, MetricData: part.map(reading => datum(reading, at, resolution)) }, call)
        }
        await provideStarter({ settings, services, readings, call })
      },
    },
  })
}

const datum = ({ name, unit, value, dimensions }: Reading, at: EpochMillis, resolution: number): MetricDatum => ({
  MetricName: name,
  Dimensions: dimensions.map(dimension => ({ Name: dimension.name, Value: dimension.value })),
  Timestamp: new Date(at),
  Unit: unit,
  Value: value,
  StorageResolution: resolution,
})
