import { parseExpression } from '../grammar/parse-expression.ts'
import { command } from './insights-command.ts'

export const filter = command({
  name: 'filter',
  aliases: ['where'],
  syntax: 'filter condition',
  text: 'Keeps the rows where the condition is true.',
  parse: parseExpression,
  apply: (condition, planner) => planner.filter(condition),
})
