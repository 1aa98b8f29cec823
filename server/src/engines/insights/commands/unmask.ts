import { parseField } from '../grammar/parse-primary.ts'
import type { FieldNode } from '../grammar/query-tree.ts'
import { command } from './insights-command.ts'

export const unmask = command<FieldNode>({
  name: 'unmask',
  syntax: 'unmask field | … unmask(field) …',
  text: 'Shows a field as it was sent, where data protection masks it. Takes the permission `logs:Unmask`.',
  parse: cursor => {
    const bracketed = cursor.acceptSign('(')
    const field = parseField(cursor)
    if (bracketed) cursor.expectSign(')')
    return field
  },
  apply: (field, planner) => {
    const { start, end } = field
    planner.rows.put(field.name, planner.bind({ kind: 'call', name: 'unmask', arguments: [field], star: false, start, end }))
    if (!field.name.startsWith('@')) planner.rows.show({ name: field.name, path: field.path })
  },
})
