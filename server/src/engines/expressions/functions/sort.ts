import type { Line } from '../program.ts'
import { list } from '../term.ts'
import { countOf, sumOf } from './aggregate.ts'
import type { MathFunction } from './math-function.ts'

const extreme = (pick: (a: number, b: number) => number) => (values: Float64Array): number =>
  values.reduce((best, value) => (value !== value ? best : best !== best ? value : pick(best, value)), NaN)

const STATISTICS: Readonly<Record<string, (values: Float64Array) => number>> = {
  AVG: values => sumOf(values) / countOf(values),
  MIN: extreme(Math.min),
  MAX: extreme(Math.max),
  SUM: sumOf,
}

export const sort: MathFunction = {
  name: 'SORT',
  group: 'lists',
  parameters: [
    { name: 'metrics', takes: ['list'] },
    { name: 'by', takes: [], words: Object.keys(STATISTICS) },
    { name: 'order', takes: [], words: ['ASC', 'DESC'] },
    { name: 'limit', takes: ['number'], optional: true },
  ],
  yields: 'TS[] → TS[]',
  doc: 'The series of a list in the order of their averages, extremes or sums over the range; with a limit only so many of them. Those without datapoints come last.',
  examples: [
    { expression: 'SORT(METRICS(), MAX, DESC)', metrics: { m1: '- 2', m2: '3 0', m3: '- -' }, result: ['3 0', '- 2', '- -'] },
    { expression: 'SORT(METRICS(), MAX, ASC)', metrics: { m1: '- 2', m2: '3 0', m3: '- -' }, result: ['- 2', '3 0', '- -'] },
    { expression: 'SORT(METRICS(), MIN, ASC, 1)', metrics: { m1: '- 2', m2: '3 0' }, result: ['3 0'] },
    { expression: 'SORT(METRICS(), AVG, DESC)', metrics: { m1: '3 - 3', m2: '2 2 2' }, result: ['3 - 3', '2 2 2'] },
    { expression: 'SORT(METRICS(), SUM, ASC, 5)', metrics: { m1: '1 1', m2: '1 -' }, result: ['1 -', '1 1'] },
  ],
  bind: call => {
    const metrics = call.list(0)
    const statistic = STATISTICS[call.word(1)!]!
    const sign = call.word(2) === 'ASC' ? 1 : -1
    const limit = call.count > 3 ? call.number(3) : Infinity
    if (limit !== Infinity && !(Number.isSafeInteger(limit) && limit > 0)) throw call.problem(3, "The limit of 'SORT' is an integer from 1 on")
    return list(run => {
      const lines = metrics.at(run)
      run.reading(lines.length)
      const ranked = lines.map(line => ({ line, rank: statistic(line.values) }))
      return ranked.sort((a, b) => absentLast(a.rank, b.rank) || sign * (a.rank - b.rank)).slice(0, limit).map(({ line }): Line => line)
    })
  },
}

/** 0 where both have a rank; also where none has, since a difference of NaN keeps the order. */
const absentLast = (a: number, b: number): number => Number(a !== a) - Number(b !== b)
