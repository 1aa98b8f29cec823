import type { Clock } from '../base/clock.ts'
import type { Entropy } from '../base/entropy.ts'
import type { Log } from '../base/log.ts'
import type { Tenant } from '../base/tenancy.ts'
import { millis } from '../base/time.ts'
import { hostCollector } from '../collectors/host/host-collector.ts'
import { machine } from '../collectors/host/host-source.ts'
import { CollectorRounds } from '../jobs/collector-rounds.ts'
import type { Service } from '../services/operation.ts'
import { provideStarter } from './first-start.ts'
import type { Stores } from './stores.ts'

/** Below a minute, readings keep their second, so that alarms with short periods see each of them. */
const HIGH_RESOLUTION_BELOW = 60

/** Reads this machine round after round into its own account; after the first reading of all, sets up what watches it. */
export const hostRounds = (options: {
  readonly intervalSeconds: number
  readonly home: Tenant
  readonly stores: Stores
  readonly services: readonly Service[]
  readonly clock: Clock
  readonly entropy: Entropy
  readonly log: Log
}): CollectorRounds => {
  const { intervalSeconds, home, stores, services, clock, entropy, log } = options
  const collector = hostCollector(machine)
  const resolution = intervalSeconds < HIGH_RESOLUTION_BELOW ? 1 : 60
  return new CollectorRounds({
    clock,
    log,
    interval: millis(intervalSeconds * 1000),
    round: {
      name: collector.name,
      async run(at) {
        const readings = await collector.collect()
        await stores.intake.put(home, collector.namespace, readings.map(reading => ({ ...reading, at, resolution })))
        const call = { tenant: home, principal: { kind: 'system', account: home.account }, requestId: entropy.uuid(), now: at } as const
        await provideStarter({ settings: stores.control.settings, services, readings, call })
      },
    },
  })
}
