import { mapped, prepared, type Kernel } from '../term.ts'
import type { MathFunction } from './math-function.ts'

export const fill: MathFunction = {
  name: 'FILL',
  group: 'series',
  parameters: [
    { name: 'metrics', takes: ['series', 'list'] },
    { name: 'filling', takes: ['scalar', 'series'], words: ['REPEAT', 'LINEAR'] },
  ],
  yields: 'TS → TS, TS[] → TS[]',
  doc: 'Puts datapoints where there are none: a number, another series\' datapoints, the last one before the gap (REPEAT), or the straight line between those around the gap (LINEAR). REPEAT leaves a gap at the beginning, LINEAR also one at the end.',
  examples: [
    { expression: 'FILL(m1, 0)', metrics: { m1: '1 - 4 7' }, result: '1 0 4 7' },
    { expression: 'FILL(m1, REPEAT)', metrics: { m1: '1 - 4 7' }, result: '1 1 4 7' },
    { expression: 'FILL(m1, LINEAR)', metrics: { m1: '1 - 4 7' }, result: '1 2.5 4 7' },
    { expression: 'FILL(m1, m2)', metrics: { m1: '1 - 4 7 -', m2: '2 2 2 2 -' }, result: '1 2 4 7 -' },
    { expression: 'FILL(m1, MIN(m1))', metrics: { m1: '3 - 2' }, result: '3 2 2' },
    { expression: 'FILL(m1, REPEAT)', metrics: { m1: '- 1 - -' }, result: '- 1 1 1' },
    { expression: 'FILL(m1, LINEAR)', metrics: { m1: '- 1 - - 7 -' }, result: '- 1 3 5 7 -' },
    { expression: 'FILL(METRICS(), -1)', metrics: { m1: '- 1', m2: '- -' }, result: ['-1 1', '-1 -1'] },
  ],
  bind: call => {
    const metrics = call.seriesOrList(0)
    const word = call.word(1)
    if (word !== undefined) return mapped(metrics, word === 'REPEAT' ? repeated : linear)
    const filling = call.scalarOrSeries(1)
    if (filling.shape === 'scalar') return prepared(metrics, run => withNumber(filling.at(run)))
    return prepared(metrics, run => withValues(filling.at(run).values))
  },
}

const withNumber = (filling: number): Kernel => (values, out) => {
  for (let k = 0; k < values.length; k++) {
    const value = values[k]!
    out[k] = value !== value ? filling : value
  }
}

const withValues = (filling: Float64Array): Kernel => (values, out) => {
  for (let k = 0; k < values.length; k++) {
    const value = values[k]!
    out[k] = value !== value ? filling[k]! : value
  }
}

const repeated: Kernel = (values, out) => {
  let last = NaN
  for (let k = 0; k < values.length; k++) {
    const value = values[k]!
    if (value === value) last = value
    out[k] = last
  }
}

const linear: Kernel = (values, out) => {
  let before = -1
  for (let k = 0; k < values.length; k++) {
    const value = values[k]!
    out[k] = value
    if (value !== value) continue
    if (before >= 0) {
      const rise = (value - values[before]!) / (k - before)
      for (let gap = before + 1; gap < k; gap++) out[gap] = values[before]! + rise * (gap - before)
    }
    before = k
  }
}
