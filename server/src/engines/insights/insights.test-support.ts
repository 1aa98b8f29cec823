import { printStatement } from '../../sql/print.ts'
import type { Telemetry } from '../../store/telemetry/telemetry.ts'
import { asShown, type Value } from './values.ts'

/** What the real engine makes of a value, as results show it. */
export const evaluated = async (telemetry: Telemetry, value: Value): Promise<string | null> => {
  const { sql, parameters } = printStatement({ kind: 'select', columns: [{ name: 'v', of: asShown(value) }] })
  const rows = await telemetry.query<{ v: string | null }>('quick', sql, parameters)
  return rows[0]!.v
}
