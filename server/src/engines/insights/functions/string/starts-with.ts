import { call } from '../../../../sql/expression.ts'
import { asText, booleanValue } from '../../values.ts'
import type { InsightsFunction } from '../insights-function.ts'

export const startsWith: InsightsFunction = {
  name: 'startsWith',
  parameters: [
    { name: 'str', takes: 'string' },
    { name: 'prefix', takes: 'string' },
  ],
  text: 'Whether the text begins with the other one.',
  examples: [
    { expression: 'startsWith("/api/users", "/api/")', result: '1' },
    { expression: 'startsWith("/api/users", "/API/")', result: '0' },
    { expression: 'startsWith(missing, "/")', result: null },
  ],
  bind: args => booleanValue(call('startsWith', ...args.map(asText))),
}

export const endsWith: InsightsFunction = {
  name: 'endsWith',
  parameters: [
    { name: 'str', takes: 'string' },
    { name: 'suffix', takes: 'string' },
  ],
  text: 'Whether the text ends with the other one.',
  examples: [
    { expression: 'endsWith("report.json", ".json")', result: '1' },
    { expression: 'endsWith("report.json", "")', result: '1' },
    { expression: 'endsWith("report.json", ".xml")', result: '0' },
  ],
  bind: args => booleanValue(call('endsWith', ...args.map(asText))),
}
