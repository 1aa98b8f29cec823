import type { Line } from '../program.ts'
import type { Run } from '../run.ts'
import { emptyLine, list, series } from '../term.ts'
import type { MathFunction } from './math-function.ts'

export const slice: MathFunction = {
  name: 'SLICE',
  group: 'lists',
  parameters: [
    { name: 'metrics', takes: ['list'] },
    { name: 'from', takes: ['number'] },
    { name: 'to', takes: ['number'], optional: true },
  ],
  yields: 'TS[] → TS[], or TS where `from` and `to` enclose one',
  doc: 'The series of a list from one on (the first is 0) to before another, or to the end.',
  examples: [
    { expression: 'SLICE(SORT([m1, m2], SUM, DESC), 0, 1)', metrics: { m1: '1 - 4 7', m2: '2 2 2 2' }, result: '1 - 4 7' },
    { expression: 'SLICE([m1, m2, m1 + m2], 1)', metrics: { m1: '1 2', m2: '3 4' }, result: ['3 4', '4 6'] },
    { expression: 'SLICE([m1, m2, m1 + m2], 0, 2)', metrics: { m1: '1 2', m2: '3 4' }, result: ['1 2', '3 4'] },
    { expression: 'SLICE([m1, m2], 2)', metrics: { m1: '1 2', m2: '3 4' }, result: [] },
    { expression: 'SLICE([m1, m2], 5, 6)', metrics: { m1: '1 2', m2: '3 4' }, result: '- -' },
  ],
  bind: call => {
    const metrics = call.list(0)
    const from = call.number(1)
    const to = call.count > 2 ? call.number(2) : Infinity
    for (const [index, bound] of [from, to].entries()) {
      if (bound !== Infinity && !(Number.isSafeInteger(bound) && bound >= 0)) throw call.problem(index + 1, "Bounds of 'SLICE' are integers from 0 on")
    }
    const slice = (run: Run): readonly Line[] => metrics.at(run).slice(from, to)
    return to === from + 1 ? series(run => slice(run)[0] ?? emptyLine(call.source, run)) : list(slice)
  },
}
