import { call, choose, column, constant, lambda, list, NULL, parameter, type Expression } from '../../../sql/expression.ts'
import { floorTime } from '../functions/datetime/floor-time.ts'
import { parseExpression, parseName } from '../grammar/parse-expression.ts'
import type { ExpressionNode, Span } from '../grammar/query-tree.ts'
import type { Period, PeriodUnit } from '../period.ts'
import { fixedMillis } from '../plan/fixed-millis.ts'
import type { Grouped, Planner } from '../plan/planner.ts'
import { asNumber, asText, asTime, type Value } from '../values.ts'
import { command } from './insights-command.ts'

interface Filling {
  readonly value: ExpressionNode
  /** Undefined: all. */
  readonly name: string | undefined
}

/** So many bins a query may fill for each group. */
const BIN_LIMIT = 10_000

export const fillmissing = command<readonly Filling[]>({
  name: 'fillmissing',
  syntax: 'fillmissing [with value for field, …]',
  text: 'After `stats … by bin(…)`: adds a row for every bin of the range that has none, for every combination of the other groups.',
  parse: cursor => {
    if (!cursor.acceptWord('with')) return []
    const fillings: Filling[] = []
    do {
      const value = parseExpression(cursor)
      fillings.push({ value, name: cursor.acceptWord('for') ? parseName(cursor) : undefined })
    } while (cursor.acceptSign(','))
    return fillings
  },
  apply: (fillings, planner, node) => {
    const { grouped } = planner
    if (grouped?.bin === undefined) return planner.refuse('fillmissing must follow stats by bin(…)', node)
    const taken = grouped.keys.find(name => grouped.values.includes(name))
    if (taken !== undefined) return planner.refuse(`fillmissing cannot tell the group '${taken}' from the value of that name`, node)
    fill(grouped, grouped.bin, fillings, planner, node)
  },
})

const fill = ({ keys, values }: Grouped, bin: NonNullable<Grouped['bin']>, fillings: readonly Filling[], planner: Planner, at: Span): void => {
  const { rows } = planner
  rows.open()
  const fixed = fillings.map(({ value, name }) => ({ name, value: planner.bind(value) }))
  const others = keys.filter(name => name !== bin.name)
  const before = new Map([...keys, ...values].map(name => [name, rows.named(name)!]))
  const by = others.map(name => rows.level.define(before.get(name)!.sql))
  const gathered = (value: Value): Value => ({ type: 'json', sql: call('groupArray', call('tuple', value.sql)) })
  const { carry } = rows.group(by)
  const carriedKeys = others.map((name, index) => [name, carry({ type: before.get(name)!.type, sql: by[index]! })] as const)
  const arrays = new Map([bin.name, ...values].map(name => [name, carry(gathered(before.get(name)!)).sql]))
  for (const [name, value] of carriedKeys) rows.put(name, value)
  for (const [name, sql] of arrays) rows.put(`${LIST}${name}`, { type: 'json', sql })
  rows.wrap()
  const element = (name: string, index: Expression): Expression => call('tupleElement', call('arrayElement', rows.named(`${LIST}${name}`)!.sql, index), constant(1))
  const found = rows.level.define(call('arrayMap', lambda(['item'], call('tupleElement', column('item'), constant(1))), rows.named(`${LIST}${bin.name}`)!.sql))
  const missing = call('arrayFilter', lambda(['item'], call('not', call('has', found, column('item')))), binsOf(bin.period, planner, at))
  const [time, place] = [rows.names.next('e'), rows.names.next('e')]
  const all = rows.level.define(call('arrayConcat', found, missing))
  rows.level.unnest = [{ name: time, of: all }, { name: place, of: call('arrayEnumerate', all) }]
  const isAdded = call('greater', column(place), call('length', rows.named(`${LIST}${bin.name}`)!.sql))
  rows.put(bin.name, { type: 'time', sql: column(time) })
  for (const name of values) {
    const { type } = before.get(name)!
    const filling = fixed.find(one => one.name === undefined || one.name === name)
    const own = element(name, column(place))
    rows.put(name, { type, sql: choose([[isAdded, filling === undefined ? NULL : inType(type, filling.value)]], own) })
  }
  for (const name of [...keys, ...values]) rows.show({ name, path: [name] })
  rows.wrap()
  rows.order = [{ by: rows.named(bin.name)!.sql, descending: true }, ...others.map(name => ({ by: rows.named(name)!.sql }))]
  planner.grouped = { keys, values, bin }
}

/** No name that a query can give begins so. */
const LIST = '\0list '

const inType = (type: Value['type'], value: Value): Expression => {
  if (type === 'number') return asNumber(value)
  return type === 'time' ? asTime(value) : asText(value)
}

/** AWS's caps of `bin`: larger counts act as these. */
const CAPS: Readonly<Partial<Record<PeriodUnit, number>>> = { ms: 1000, s: 60, m: 60, h: 24 }
/** No month, quarter or year is shorter than this times what they count. */
const SHORTEST_MONTH = 28 * 86_400_000

/** The beginnings of all bins that the query's range touches. */
const binsOf = (period: Period, planner: Planner, at: Span): Expression => {
  const { start, end } = planner.query
  const capped = { ...period, count: Math.min(period.count, CAPS[period.unit] ?? period.count) }
  const step = fixedMillis(capped) ?? SHORTEST_MONTH
  const count = Math.floor((end - start) / step) + 1
  if (count > BIN_LIMIT) planner.refuse(`The range has more than ${BIN_LIMIT} bins to fill`, at)
  const instant = call('plus', parameter('Int64', BigInt(start)), call('multiply', call('toInt64', column('place')), parameter('Int64', BigInt(step))))
  const within = call('arrayMap', lambda(['place'], floorTime(instant, period)), call('range', constant(count)))
  return call('arrayDistinct', call('arrayConcat', within, list([floorTime(parameter('Int64', BigInt(end)), period)])))
}
