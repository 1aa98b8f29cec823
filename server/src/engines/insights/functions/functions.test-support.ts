import { boundNumber, boundText, call, cast, column, constant, NULL, parameter, type Expression } from '../../../sql/expression.ts'
import { printStatement } from '../../../sql/print.ts'
import type { Source } from '../../../sql/expression.ts'
import type { Telemetry } from '../../../store/telemetry/telemetry.ts'
import { anyValue, asShown, booleanValue, jsonValue, numberValue, stringValue, timeValue, type Value } from '../values.ts'
import type { BindContext, InsightsFunction } from './insights-function.ts'
import { aggregateNamed, functionNamed } from './registry.ts'

/** Values of literals, as the language makes them of what a query says. */
export const text = (value: string): Value => ({ ...stringValue(boundText(value)), constant: value })
export const number = (value: number): Value => ({ ...numberValue(boundNumber(value)), constant: value })
export const truth = (value: boolean): Value => ({ ...booleanValue(constant(value ? 1 : 0)), constant: value })
export const period = (count: number, unit: NonNullable<Value['period']>['unit']): Value => ({ ...numberValue(boundNumber(count)), period: { count, unit } })

/** Values that are only known at run time. */
export const any = (value: string): Value => anyValue(boundText(value))
export const json = (value: string): Value => jsonValue(boundText(value))
export const time = (iso: string): Value => timeValue(parameter('Int64', BigInt(Date.parse(iso))))
export const MISSING: Value = anyValue(cast(NULL, 'Nullable(String)'))

export class Refusal extends Error {}

const AT = Date.UTC(2026, 0, 1, 10)
export const CONTEXT: BindContext = {
  start: AT - 3_600_000,
  end: AT + 3_600_000,
  now: AT,
  timestamp: () => timeValue(parameter('Int64', BigInt(AT))),
  message: () => stringValue(boundText('a message 🔔')),
  refuse: message => {
    throw new Refusal(message)
  },
}

export const bound = (name: string, args: readonly Value[], context: BindContext = CONTEXT): Value =>
  named(name).bind(args, context)

const named = (name: string): InsightsFunction => {
  const found = functionNamed(name) ?? aggregateNamed(name)
  if (found === undefined) throw new Error(`no function ${name}`)
  return found
}

/** So many columns are computed by one statement. */
const BATCH = 200

/** What the real engine makes of values, as results show them, in few statements. */
export const shownAll = async (telemetry: Telemetry, values: readonly Value[], from?: Source): Promise<readonly (string | null)[]> => {
  const shown: (string | null)[] = []
  for (let start = 0; start < values.length; start += BATCH) {
    const columns = values.slice(start, start + BATCH).map((value, index) => ({ name: `c${index}`, of: asShown(value) }))
    const { sql, parameters } = printStatement({ kind: 'select', columns, ...(from === undefined ? {} : { from }) })
    const [row] = await telemetry.query<Record<string, string | null>>('slow', sql, parameters)
    shown.push(...columns.map(({ name }) => row![name]!))
  }
  return shown
}

/** A table of one column `v`, a row an element; the engine cannot fold what is computed of it. */
export const rowsOf = (values: Expression): Source => ({
  kind: 'select',
  select: { kind: 'select', columns: [{ name: 'v', of: call('arrayJoin', values) }] },
})
export const V = column('v')
