import { accountId, region } from '../../base/tenancy.ts'
import { epochSeconds } from '../../base/time.ts'
import { isUnit } from '../../model/metric.ts'
import { writeBlock } from '../telemetry/native-write.ts'
import type { Telemetry } from '../telemetry/telemetry.ts'
import type { SeriesRow } from './point-block.ts'

const TEXTS = ['account', 'region', 'namespace', 'name', 'unit'] as const
const COLUMNS = ['id', ...TEXTS, 'dimensions', 'first_seen', 'last_seen']

/** Adds series or moves their times apart; the engine keeps the earliest first and the latest last seen, so repeating is harmless. */
export const writeSeriesRows = async (telemetry: Telemetry, rows: readonly SeriesRow[], token: string): Promise<void> => {
  if (rows.length === 0) return
  const texts = { account: (row: SeriesRow) => row.account, region: (row: SeriesRow) => row.region, namespace: (row: SeriesRow) => row.metric.namespace,
    name: (row: SeriesRow) => row.metric.name, unit: (row: SeriesRow) => row.unit }
  const native = writeBlock(
    [
      { name: 'id', data: { type: 'UInt64', values: BigUint64Array.from(rows, row => row.id) } },
      ...TEXTS.map(name => ({ name, data: { type: 'String' as const, values: rows.map(texts[name]) } })),
      { name: 'dimensions', data: { type: 'Map(String, String)', values: rows.map(row => row.metric.dimensions.map(({ name, value }) => [name, value])) } },
      { name: 'first_seen', data: { type: 'UInt32', values: Uint32Array.from(rows, row => row.firstSeen) } },
      { name: 'last_seen', data: { type: 'UInt32', values: Uint32Array.from(rows, row => row.lastSeen) } },
    ],
    rows.length,
  )
  await telemetry.insert('metric_series', COLUMNS, native, `metric_series-${token}`)
}

/** Every series of every tenant, by id. */
export const readSeriesRows = async (telemetry: Telemetry): Promise<readonly SeriesRow[]> => {
  const texts = TEXTS.map(column => `${column}::String AS ${column}_text`).join(', ')
  const sql = `SELECT id, ${texts}, dimensions::Map(String, String) AS dimension_map, first_seen::UInt32 AS first, last_seen::UInt32 AS last
    FROM metric_series FINAL ORDER BY id`
  const rows: SeriesRow[] = []
  for (const block of await telemetry.columns('slow', sql)) {
    const ids = block.uint64('id')
    const [accounts, regions, namespaces, names, units] = TEXTS.map(name => block.strings(`${name}_text`))
    const dimensions = block.stringMaps('dimension_map')
    const [first, last] = [block.uint32('first'), block.uint32('last')]
    for (let row = 0; row < block.length; row++) {
      const unit = units![row]!
      if (!isUnit(unit)) throw new Error(`series ${ids[row]} has an unknown unit: ${JSON.stringify(unit)}`)
      rows.push({
        id: ids[row]!,
        account: accountId(accounts![row]!),
        region: region(regions![row]!),
        metric: { namespace: namespaces![row]!, name: names![row]!, dimensions: dimensions[row]!.map(([name, value]) => ({ name, value })) },
        unit,
        firstSeen: epochSeconds(first[row]!),
        lastSeen: epochSeconds(last[row]!),
      })
    }
  }
  return rows
}
