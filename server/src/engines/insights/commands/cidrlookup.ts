import { boundTexts, call, choose, constant, NULL, parameter, type Expression } from '../../../sql/expression.ts'
import { isIpv4, isIpv6 } from '../functions/ip/address.ts'
import { parseName } from '../grammar/parse-expression.ts'
import { parseField } from '../grammar/parse-primary.ts'
import type { FieldNode } from '../grammar/query-tree.ts'
import { networkOf, type Network } from '../network.ts'
import type { Planner } from '../plan/planner.ts'
import type { LookupTable } from '../plan/query-context.ts'
import { asShown, asText, anyValue, stringValue } from '../values.ts'
import { command } from './insights-command.ts'

interface CidrTree {
  readonly table: string
  readonly field: FieldNode
  /** Undefined: the column of networks is found. */
  readonly column: string | undefined
  /** Whether fields that have a value keep it. */
  readonly fills: boolean
  readonly output: readonly { readonly column: string; readonly name: string }[]
}

export const cidrlookup = command<CidrTree>({
  name: 'cidrlookup',
  syntax: 'cidrlookup table field [as column] OUTPUT | OUTPUTNEW column [as name], …',
  text: 'Adds columns of the row of a lookup table whose network (`10.0.0.0/8`, or an address) the address in the field lies in, the smallest network first. The networks are in the column named, else in the one called as the field, else in the first that holds nothing but networks. `OUTPUTNEW` leaves fields that have a value as they are.',
  parse: cursor => {
    const table = parseName(cursor)
    const field = parseField(cursor)
    const column = cursor.acceptWord('as') ? parseName(cursor) : undefined
    const fills = cursor.acceptWord('outputnew')
    if (!fills) cursor.expectWord('output')
    const output: { column: string; name: string }[] = []
    do {
      const of = parseName(cursor)
      output.push({ column: of, name: cursor.acceptWord('as') ? parseName(cursor) : of })
    } while (cursor.acceptSign(','))
    return { table, field, column, fills, output }
  },
  apply: ({ table: name, field, column, fills, output }, planner, node) => {
    const table = planner.query.lookup?.(name) ?? planner.refuse(`The lookup table '${name}' does not exist`, node)
    const indexOf = (wanted: string): number => {
      const index = table.columns.indexOf(wanted)
      return index < 0 ? planner.refuse(`The lookup table '${name}' has no column '${wanted}'`, node) : index
    }
    const networks = networksIn(table, column === undefined ? networkColumn(table, field.name) : indexOf(column))
    const indexes = output.map(one => indexOf(one.column))
    const place = planner.rows.level.define(placeOf(asText(planner.bind(field)), networks, planner))
    const values = output.map((one, at) => {
      const texts = boundTexts(table.rows.map(row => row[indexes[at]!] ?? ''))
      const found = choose([[call('greater', place, constant(0)), call('arrayElement', texts, place)]], NULL)
      const own = fills ? planner.bind({ kind: 'field', name: one.name, path: [one.name], start: node.start, end: node.end }) : undefined
      return [one.name, own === undefined ? stringValue(found) : anyValue(call('coalesce', call('nullIf', asShown(own), constant('')), found))] as const
    })
    planner.rows.putAll(values)
    for (const { name: added } of output) planner.rows.show({ name: added, path: [added] })
  },
})

/** A network, and which row of the table it stands in. */
interface PlacedNetwork extends Network {
  readonly row: number
}

const networkColumn = ({ columns, rows }: LookupTable, name: string): number => {
  const named = columns.indexOf(name)
  return named >= 0 ? named : columns.findIndex((_, index) => rows.length > 0 && rows.every(row => networkOf(row[index] ?? '') !== undefined))
}

const networksIn = ({ rows }: LookupTable, column: number): readonly PlacedNetwork[] =>
  rows.flatMap((row, index) => {
    const network = networkOf(row[column] ?? '')
    return network === undefined ? [] : [{ ...network, row: index + 1 }]
  })

/** Networks of the same length are found by the address's first bits: one search of a hash table for each length there is. */
const placeOf = (address: Expression, networks: readonly PlacedNetwork[], planner: Planner): Expression => {
  const { level } = planner.rows
  const text = level.define(call('ifNull', address, constant('')))
  const families = ([4, 6] as const).map(family => {
    const lengths = [...new Set(networks.filter(one => one.family === family).map(({ bits }) => bits))].sort((a, b) => b - a)
    const parsed = level.define(family === 4 ? call('toIPv4OrDefault', text) : call('toIPv6OrDefault', text))
    const places = lengths.map(bits => {
      const first = new Map<string, number>()
      for (const one of networks) if (one.family === family && one.bits === bits && !first.has(one.first)) first.set(one.first, one.row)
      const range = call(family === 4 ? 'IPv4CIDRToRange' : 'IPv6CIDRToRange', parsed, constant(bits))
      const key = call('hex', call('tupleElement', range, constant(1)))
      return call('transform', key, boundTexts([...first.keys()]), parameter('Array(Float64)', [...first.values()]), constant(0))
    }).map(place => level.define(call('toUInt32', place)))
    return [family === 4 ? isIpv4(text) : isIpv6(text), choose(places.map(place => [call('greater', place, constant(0)), place]), constant(0))] as const
  })
  return choose(families, constant(0))
}
