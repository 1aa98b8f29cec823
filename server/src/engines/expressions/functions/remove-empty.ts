import { list } from '../term.ts'
import { countOf } from './aggregate.ts'
import type { MathFunction } from './math-function.ts'

export const removeEmpty: MathFunction = {
  name: 'REMOVE_EMPTY',
  group: 'lists',
  parameters: [{ name: 'metrics', takes: ['list'] }],
  yields: 'TS[] → TS[]',
  doc: 'The series of a list that have any datapoint.',
  examples: [{ expression: 'REMOVE_EMPTY(METRICS())', metrics: { m1: '- -', m2: '- 0' }, result: ['- 0'] }],
  bind: call => {
    const metrics = call.list(0)
    return list(run => {
      const lines = metrics.at(run)
      run.reading(lines.length)
      return lines.filter(({ values }) => countOf(values) > 0)
    })
  },
}
