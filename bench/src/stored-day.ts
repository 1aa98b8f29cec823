import { join } from 'node:path'
import { systemClock } from '../../server/src/base/clock.ts'
import { silentLog } from '../../server/src/base/log.ts'
import { accountId, region } from '../../server/src/base/tenancy.ts'
import { epochSeconds, type EpochSeconds } from '../../server/src/base/time.ts'
import type { MetricIdentity } from '../../server/src/model/metric.ts'
import { seriesId } from '../../server/src/store/head/series-id.ts'
import { MetricTables } from '../../server/src/store/metrics/metric-tables.ts'
import { POINTS_60 } from '../../server/src/store/metrics/tier-tables.ts'
import { openTelemetry } from '../../server/src/store/telemetry/telemetry.ts'
import { gauges } from './gauges.ts'

const HOUR_SECONDS = 3600
/** The account and region of a server that is given none. */
const tenant = { account: accountId('000000000000'), region: region('us-east-1') }

/**
 * Fills a server's data folder, while no server runs, with a two-decimal gauge every 15 seconds over the 24 hours before `end`, at
 * standard resolution: through the store's own tables, since millions of datapoints through the API would take longer than they are
 * worth. An insert holds two hours of all series; afterwards all parts are merged and closed hours are summed up, as they are on a
 * server that has had some time.
 */
export const storeDay = async (folder: string, metrics: readonly MetricIdentity[], end: EpochSeconds): Promise<void> => {
  const telemetry = await openTelemetry({ folder: join(folder, 'telemetry'), log: silentLog, clock: systemClock })
  try {
    const tables = await MetricTables.open(telemetry, systemClock)
    const unit = 'None'
    const start = epochSeconds(end - 24 * HOUR_SECONDS)
    const rows = metrics.map(metric => ({ ...tenant, id: seriesId(tenant, metric, unit), metric, unit, firstSeen: start, lastSeen: end }) as const)
    await tables.writeSeries(rows, 'day')
    const ids = BigUint64Array.from(rows, ({ id }) => id).sort()
    for (let from: number = start; from < end; from += 2 * HOUR_SECONDS) await tables.writePoints(60, gauges(ids, from, 2 * HOUR_SECONDS, 60), `from-${from}`)
    await telemetry.command(`OPTIMIZE TABLE ${POINTS_60.name} FINAL`, {}, 'upkeep')
    while (await tables.sumUp(epochSeconds(Math.floor(systemClock.now() / 1000)))) continue
  } finally {
    await telemetry.close()
  }
}
