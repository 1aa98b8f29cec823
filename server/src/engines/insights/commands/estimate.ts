import { command } from './insights-command.ts'

export const estimate = command({
  name: 'estimate',
  syntax: 'estimate',
  text: 'The last command: answers, as `estimatedBytes`, how many bytes of messages the query would scan, and does not run it. Queries in brackets are not counted. (AWS does not say what the column is called.)',
  parse: () => undefined,
  apply: (_, planner) => {
    planner.rows = planner.query.estimated()
  },
})
