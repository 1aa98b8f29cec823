import { decimalText } from '../../engines/promql/numbers.ts'
import type { Value } from '../../engines/promql/value.ts'
import type { RangeSeries } from './promql-queries.ts'

type Point = readonly [seconds: number, value: string]

/** `[1435781430.781, "1"]` */
const point = (at: number, value: number): Point => [at / 1000, decimalText(value)]

/** The `data` of an instant query's answer. */
export const instantResult = (value: Value, at: number): unknown => {
  switch (value.type) {
    case 'scalar':
      return { resultType: 'scalar', result: point(at, value.value) }
    case 'string':
      return { resultType: 'string', result: [at / 1000, value.text] }
    case 'vector':
      return { resultType: 'vector', result: value.vector.map(sample => ({ metric: sample.labels.toRecord(), value: point(at, sample.value) })) }
    case 'matrix':
      return {
        resultType: 'matrix',
        result: value.windows.map(({ labels, times, values, from, to }) => ({
          metric: labels.toRecord(),
          values: Array.from({ length: to - from }, (_, k) => point(times[from + k]!, values[from + k]!)),
        })),
      }
  }
}

/** The `data` of a range query's answer. */
export const rangeResult = (series: readonly RangeSeries[]): unknown => ({
  resultType: 'matrix',
  result: series.map(({ labels, times, values }) => ({ metric: labels.toRecord(), values: times.map((at, k) => point(at, values[k]!)) })),
})
