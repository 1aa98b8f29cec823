import { boundNumber, boundText, call, cast, column, constant, NULL, parameter } from '../../../sql/expression.ts'
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
export const shownAll = async (telemetry: Telemetry, values: readonly Value[]): Promise<readonly (string | null)[]> => {
  const shown: (string | null)[] = []
  for (let start = 0; start < values.length; start += BATCH) {
    const columns = values.slice(start, start + BATCH).map((value, index) => ({ name: `c${index}`, of: asShown(value) }))
    const { sql, parameters } = printStatement({ kind: 'select', columns })
    const [row] = await telemetry.query<Record<string, string | null>>('slow', sql, parameters)
    shown.push(...columns.map(({ name }) => row![name]!))
  }
  return shown
}

/** Of rows of a test: no value. */
export const NONE = '∅'
/** The field of these rows, which the engine cannot fold into a constant, and their `@timestamp`, a second apart. */
export const ROW_FIELD: Value = anyValue(column('v'))
export const ROW_CONTEXT: BindContext = { ...CONTEXT, timestamp: () => timeValue(column('t')) }

const rowsOf = (texts: readonly string[]): Source => {
  const index = column('i')
  const count = parameter('UInt64', texts.length)
  return {
    kind: 'select',
    select: {
      kind: 'select',
      columns: [
        { name: 'v', of: call('nullIf', call('arrayElement', parameter('Array(String)', texts), call('plus', index, constant(1))), boundText(NONE)) },
        { name: 't', of: call('toInt64', call('multiply', index, constant(1000))) },
      ],
      from: { kind: 'select', select: { kind: 'select', columns: [{ name: 'i', of: call('arrayJoin', call('range', count)) }] } },
    },
  }
}

/** What the real engine makes of values of groups, each over rows of its own, in one statement. */
export const shownOver = async (telemetry: Telemetry, groups: readonly (readonly [value: Value, rows: readonly string[]])[]): Promise<readonly (string | null)[]> => {
  const all = groups.map(([value, rows], index) => ({
    kind: 'select' as const,
    columns: [{ name: 'k', of: constant(index) }, { name: 'shown', of: call('toNullable', asShown(value)) }],
    from: rowsOf(rows),
  }))
  const { sql, parameters } = printStatement({ kind: 'union', all })
  const found = await telemetry.query<{ k: number, shown: string | null }>('slow', sql, parameters)
  return found.toSorted((a, b) => a.k - b.k).map(({ shown }) => shown)
}
