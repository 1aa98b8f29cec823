import { parseNamedList } from '../grammar/parse-expression.ts'
import type { NamedNode } from '../grammar/query-tree.ts'
import type { ShownField } from '../plan/shown-fields.ts'
import { command } from './insights-command.ts'

export const fields = command({
  name: 'fields',
  syntax: 'fields expression [as name], …',
  text: 'Shows these fields, in addition to those of earlier `fields` commands.',
  parse: parseNamedList,
  apply: (items, planner) => {
    planner.rows.chosen = true
    planner.refuseNamedAgain(items)
    for (const item of items) {
      planner.put(item)
      planner.rows.show(shownField(item))
      planner.name(item)
    }
  },
})

export const display = command({
  name: 'display',
  syntax: 'display expression [as name], …',
  text: 'Shows these fields and no others; the last `display` counts.',
  parse: parseNamedList,
  apply: (items, planner) => {
    items.forEach(item => planner.put(item))
    planner.rows.displayed = [...new Map(items.map(item => [item.name, shownField(item)])).values()]
  },
})

const shownField = ({ of, name, named }: NamedNode): ShownField => ({ name, path: of.kind === 'field' && !named ? of.path : [name] })
