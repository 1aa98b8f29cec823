import { call, window } from '../../../sql/expression.ts'
import { parseName } from '../grammar/parse-expression.ts'
import { anyValue, asText } from '../values.ts'
import { command } from './insights-command.ts'

export const filldown = command<readonly string[]>({
  name: 'filldown',
  syntax: 'filldown [field …]',
  text: 'Gives rows without a value the one of the row before, in the order of the rows. `name*` means all shown fields that begin so; without fields, all.',
  parse: cursor => {
    const names: string[] = []
    while (cursor.peek().kind !== 'end' && cursor.peek().text !== '|' && cursor.peek().text !== ')') {
      if (names.length > 0) cursor.acceptSign(',')
      const name = cursor.peek().text === '*' ? '' : parseName(cursor)
      names.push(cursor.acceptSign('*') ? `${name}*` : name)
    }
    return names.length === 0 ? ['*'] : names
  },
  apply: (wanted, planner) => {
    const { rows } = planner
    const named = wanted.flatMap(name => (name.endsWith('*') ? rows.shown.filter(one => one.name.startsWith(name.slice(0, -1))) : [{ name, path: name.split('.') }]))
    // Each once, also where `a a*` names one twice.
    const fields = [...new Map(named.map(field => [field.name, field])).values()]
    fields.forEach(({ name, path }, index) =>
      planner.putOverRows(name, () => {
        const value = rows.field(path) ?? planner.bind({ kind: 'field', name, path, start: 0, end: 0 })
        const kept = (of: Parameters<typeof call>[1]) => window(call('anyLast', of), rows.order)
        return value.type === 'any' || value.type === 'json' ? anyValue(kept(asText(value))) : { type: value.type, sql: kept(value.sql) }
      }, index === fields.length - 1, false))
  },
})
