import { join } from 'node:path'
import { systemClock } from '../../server/src/base/clock.ts'
import { systemEntropy } from '../../server/src/base/entropy.ts'
import { logGroupArn } from '../../server/src/base/arn.ts'
import { silentLog } from '../../server/src/base/log.ts'
import { accountId, region } from '../../server/src/base/tenancy.ts'
import { epochMillis } from '../../server/src/base/time.ts'
import { compileFilter } from '../../server/src/engines/filter-policy/compile-filter.ts'
import { SEQ_PER_MILLI } from '../../server/src/model/log-identity.ts'
import { LogMessages } from '../../server/src/model/log-messages.ts'
import { openControl } from '../../server/src/store/control/control-store.ts'
import { FieldColumns } from '../../server/src/store/logs/field-columns.ts'
import { LogTables } from '../../server/src/store/logs/log-tables.ts'
import { openTelemetry } from '../../server/src/store/telemetry/telemetry.ts'
import { PipelineLines } from './pipeline-lines.ts'

/** The account and region of a server that is given none. */
const tenant = { account: accountId('000000000000'), region: region('us-east-1') }
const STREAMS = 10
/** Of one stream in a batch, and so many batches in a block: what a second of heavy load brings. */
const BATCH = 10_000
const BATCHES = 20

interface StoredLogs {
  readonly events: number
  readonly bytesPerLine: number
  /** On disk, merged, with the token filter and the columns of fields. */
  readonly bytesPerEvent: number
}

/**
 * Fills a server's data folder, while no server runs, with a log group whose events are spread evenly over a range: through the store's
 * own tables, since ten million events through the API would take longer than they are worth. Afterwards all parts are merged, as they
 * are on a server that has had some time.
 */
export const storeLogs = async (folder: string, name: string, events: number, from: number, to: number): Promise<StoredLogs> => {
  const telemetry = await openTelemetry({ folder: join(folder, 'telemetry'), log: silentLog, clock: systemClock })
  const control = openControl({ file: join(folder, 'control.db'), clock: systemClock, log: silentLog, compileFilter })
  try {
    const now = systemClock.now()
    const group = await control.logGroups.create(
      { tenant, name, arn: logGroupArn(tenant, name), class: 'STANDARD', retentionDays: undefined, kmsKeyId: undefined, deletionProtected: false, bearerTokens: false, createdAt: now },
      {},
    )
    for (let stream = 0; stream < STREAMS; stream++) await control.logStreams.create(group.id, `i-${stream}`, now)
    const tables = new LogTables(telemetry, await FieldColumns.open(control.logFields, telemetry), systemEntropy)
    const lines = new PipelineLines(1)
    let seq = BigInt(now) * SEQ_PER_MILLI
    let bytes = 0
    for (let done = 0; done < events;) {
      const batches = []
      for (let batch = 0; batch < BATCHES && done < events; batch++) {
        const timestamps = []
        const messages: string[] = []
        for (let row = 0; row < BATCH && done < events; row++, done++) {
          const at = epochMillis(Math.floor(from + ((to - from) * done) / events))
          const line = lines.next(at)
          bytes += line.length
          timestamps.push(at)
          messages.push(line)
        }
        batches.push({ group: group.id, stream: `i-${batch % STREAMS}`, timestamps, messages: LogMessages.of(messages), firstSeq: seq, originals: undefined })
        seq += BigInt(messages.length)
      }
      await tables.write(batches)
    }
    await telemetry.command('OPTIMIZE TABLE log_events FINAL', {}, 'upkeep')
    const [row] = await telemetry.query<{ readonly bytes: string }>(
      'quick', 'SELECT sum(bytes_on_disk) AS bytes FROM system.parts WHERE active AND database = currentDatabase() AND table = \'log_events\'',
    )
    return { events, bytesPerLine: bytes / events, bytesPerEvent: Number(row!.bytes) / events }
  } finally {
    await telemetry.close()
    await control.close()
  }
}
