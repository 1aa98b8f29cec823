import { Budget } from './budget.ts'
import { Evaluation, type Inputs } from './evaluation.ts'
import type { Example } from './example.ts'
import { Labels } from './labels.ts'
import { matchesAll } from './matcher.ts'
import { decimalText, numberOf } from './numbers.ts'
import { parsePromql, parseSelector } from './parse.ts'
import type { SeriesData, Value } from './value.ts'

const MINUTE = 60_000

export const seriesOf = (notation: string, values: string): SeriesData => {
  const labels = Labels.of(parseSelector(notation).matchers.map(({ name, value }) => [name, value] as const))
  const samples = values.split(' ').map((text, place) => ({ text, at: place * MINUTE })).filter(({ text }) => text !== '-')
  return { labels, times: samples.map(({ at }) => at), values: samples.map(({ text }) => numberOf(text)) }
}

export const over = (all: readonly SeriesData[], lookback = 5 * MINUTE): Inputs => ({
  series: selector => all.filter(({ labels }) => matchesAll(labels, selector.matchers)),
  lookback,
})

export const evaluate = (query: string, inputs: Inputs, at: number): Value => new Evaluation(parsePromql(query), inputs, new Budget({ total: 1e8, instant: 1e8 })).at(at)

/** `x{a="b"} 5` a series. */
export const shown = (value: Value): readonly string[] => {
  switch (value.type) {
    case 'scalar':
      return [decimalText(value.value)]
    case 'string':
      return [value.text]
    case 'vector':
      return value.vector.map(sample => `${sample.labels.toString()} ${decimalText(Number(sample.value.toPrecision(15)))}`)
    case 'matrix':
      return value.windows.map(({ labels, values, from, to }) => `${labels.toString()} ${Array.from(values).slice(from, to).map(decimalText).join(' ')}`)
  }
}

export const resultOf = ({ query, series = {}, at }: Omit<Example, 'result'>): readonly string[] => {
  const all = Object.entries(series).map(([notation, values]) => seriesOf(notation, values))
  const newest = Math.max(0, ...Object.values(series).map(values => values.split(' ').length - 1))
  return shown(evaluate(query, over(all), (at ?? newest) * MINUTE))
}
