import { call, choose, constant, or } from '../../../sql/expression.ts'
import { parseList } from '../grammar/parse-expression.ts'
import { asText } from '../values.ts'
import { command } from './insights-command.ts'

export const dedup = command({
  name: 'dedup',
  syntax: 'dedup field, …',
  text: 'Keeps the first row of every combination of values, in the order of the rows; rows where one of the values is missing are all kept.',
  parse: parseList,
  apply: (items, planner) => {
    const { rows } = planner
    rows.open()
    const values = items.map(item => planner.bind(item))
    const keys = values.map(value => rows.level.define(asText(value)))
    // A row with a missing value is a combination of its own.
    const missing = or(...keys.map(key => call('isNull', key)))
    const own = rows.level.define(choose([[missing, call('rowNumberInAllBlocks')]], call('negate', constant(1))))
    rows.level.limitBy = [...keys, own]
  },
})
