import { call, choose, constant } from '../../../sql/expression.ts'
import { once } from '../../../sql/once.ts'
import { parseField } from '../grammar/parse-primary.ts'
import type { FieldNode } from '../grammar/query-tree.ts'
import { asJson, jsonValue } from '../values.ts'
import { command } from './insights-command.ts'
import { unnestInto } from './unnest.ts'

export const expand = command<FieldNode>({
  name: 'expand',
  syntax: 'expand field',
  text: 'Makes a row of every element of the JSON array in a field, also where it is the text of one; the other fields are copied. What is no array is one element.',
  parse: parseField,
  apply: (field, planner) => {
    const list = once(asJson(planner.bind(field)), json => {
      const inner = call('JSONExtractString', json)
      return choose([[call('and', call('startsWith', json, constant('"')), call('startsWith', inner, constant('['))), inner]], json)
    })
    unnestInto(jsonValue(list), field.name, planner)
  },
})
